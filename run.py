"""One command does it all: `python3 run.py demo`, `python3 run.py test`, or any other command of `yashu`.

Makes `.venv`, installs into it exactly what constraints.txt says (checked by hash), and becomes the program, so that
Ctrl-C and SIGTERM reach it. Installs again only when pyproject.toml or constraints.txt changed.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCK = ROOT / "constraints.txt"
STAMP = VENV / "installed.txt"
EXTRAS = {
    "test": {"test", "voice"},
    "dev": {"test", "lint", "voice"},
    "voice": {"voice"},
    "parts": {"parts"},
    "bench": {"bench"},
}
SETS_UP = {"dev", "voice", "parts"}
ALL_AT_ONCE = ("-n", "auto", "--dist", "loadgroup")
"""How everything is tested: on all processors."""

LARGE = {"voice": ("av", "sherpa-onnx", "sherpa-onnx-core")}
"""What an extra brings that is large, or is not to be had for every machine."""


def main(command: str = "--help", *rest: str) -> None:
    """Set up what is missing and become the command; `dev` (all for a developer), `voice` and `parts` set up only."""
    if sys.version_info[:2] < OLDEST:
        sys.exit(f"需要 Python 3.11 或更新 · Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
    prepare({"proxy", "postgresql"} | EXTRAS.get(command, set()))
    if command == "test":
        os.chdir(ROOT)
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # it starts many programs: compiled once, not by each of them
        os.execv(PYTHON, [str(PYTHON), "-m", "pytest", *(rest or ALL_AT_ONCE)])
    if command not in SETS_UP:
        os.execv(VENV / "bin" / "yashu", ["yashu", command, *rest])


def prepare(extras: set[str]) -> None:
    """Bring `.venv` to what the files say. Quick when it is there already."""
    files = hashlib.sha256((ROOT / "pyproject.toml").read_bytes() + LOCK.read_bytes()).hexdigest()
    known, *have = STAMP.read_text().split() if STAMP.exists() else [""]
    library = VENV / "lib" / "python{}.{}".format(*sys.version_info)
    ready = PYTHON.exists() and library.is_dir()
    if ready and known == files and extras <= set(have):
        return
    STAMP.unlink(missing_ok=True)
    if not ready:
        make_venv()
    extras |= set(have)
    say("安装依赖（只在第一次或升级后）· installing what yashu needs (first time and after an update) ...")
    try:
        install_with_uv(",".join(sorted(extras)))
    except (OSError, subprocess.CalledProcessError):
        say("改用 pip，会慢一些 · uv did not do it; pip tries, which takes longer ...")
        install_with_pip(extras)
    STAMP.write_text("\n".join([files, *sorted(extras)]))


def make_venv() -> None:
    """Make `.venv`, in place of a broken one or one of another Python."""
    say("建立 .venv · making .venv ...")
    asked = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    made = subprocess.run(asked, check=False, capture_output=True, text=True)
    if made.returncode:
        hint = "Debian / Ubuntu: apt install python3-venv"
        sys.exit(f"无法建立 .venv · .venv cannot be made. {hint}\n{made.stdout}{made.stderr}")


def install_with_uv(extras: str) -> None:
    """Quick, and only what is wanted. uv knows nothing of pip's settings, so a mirror set there is handed on."""
    listed = VENV / "uv.txt"
    listed.write_text(lines_of_uv())
    pip("install", "-q", "--require-hashes", "-r", str(listed))
    asked = [PYTHON, "-m", "pip", "config", "get", "global.index-url"]
    got = subprocess.run(asked, check=False, capture_output=True, text=True)
    mirror = os.environ.get("PIP_INDEX_URL") or got.stdout.strip()
    env = {**({"UV_DEFAULT_INDEX": mirror} if mirror else {}), **os.environ}
    quiet = [] if sys.stderr.isatty() else ["-q"]
    command = [VENV / "bin" / "uv", "pip", "install", *quiet, "--python", PYTHON, "-c", LOCK, "-b", LOCK]
    subprocess.run([*command, "-e", f".[{extras}]"], check=True, cwd=ROOT, env=env)


def install_with_pip(extras: set[str]) -> None:
    """pip takes no hashes from a constraints file: here all that is listed is installed, but no LARGE extra unasked.

    `--no-deps`: the list is complete, and pip before 23.1 finds no pin for a `coverage[toml]` in it.
    """
    listed = VENV / "pip.txt"
    left_out = [lines_of_uv(), *(lines_of(name) for extra in LARGE.keys() - extras for name in LARGE[extra])]
    lines = LOCK.read_text()
    for one in left_out:
        lines = lines.replace(one, "")
    listed.write_text(lines)
    try:
        pip("install", "-q", "--no-deps", "--require-hashes", "-r", str(listed))
        pip("install", "-q", "--no-deps", "--no-build-isolation", "-e", ".")
    except subprocess.CalledProcessError:
        sys.exit("安装失败，请看上面的原因（网络？镜像？）· that failed; see above why (network? mirror?).")


def pip(*words: str) -> None:
    """Run pip of `.venv`."""
    subprocess.run([PYTHON, "-m", "pip", "--disable-pip-version-check", *words], check=True, cwd=ROOT)


def lines_of_uv() -> str:
    """The pin of uv with its hashes, as it stands in constraints.txt."""
    return lines_of("uv")


def lines_of(name: str) -> str:
    """The pins of a package (one for each Python, where they differ) with their hashes."""
    pins = re.finditer(rf"^{re.escape(name)}==(.*\\\n)*.*\n", LOCK.read_text(), re.MULTILINE)
    return "".join(found.group() for found in pins)


def say(words: str) -> None:
    """Tell how far it is; standard output belongs to the program."""
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
