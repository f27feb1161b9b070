"""What is wrong with an installation is told in plain lines, not as a traceback."""

import errno
import sys
from collections.abc import Generator
from contextlib import contextmanager

import click

from bot.cases.errors import Broken
from bot.texts.console import RunTexts, language_of_console

INTERRUPTED = 130


@contextmanager
def told_plainly(port: object = "") -> Generator[None]:
    """Ends the program with 1 when the installation is wrong, the port is taken or a file cannot be used; 130
    after Ctrl-C."""
    try:
        yield
    except Broken as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    except OSError as error:
        texts = RunTexts(language_of_console())
        if error.errno == errno.EADDRINUSE:
            click.echo(texts.port_busy(port), err=True)
        elif error.filename is not None:
            click.echo(texts.cannot_use(error.filename, error.strerror or type(error).__name__), err=True)
        else:
            raise
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
