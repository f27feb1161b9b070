"""A page that any telephone opens: headings, lines and pictures in one HTML file, which asks nothing of the network."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

STYLE = (
    "body{font:20px/1.6 sans-serif;max-width:42em;margin:0 auto;padding:1em;color:#1c1c1c}"
    "h1{font-size:1.5em}h2{font-size:1.15em;margin:2em 0 .3em;padding-top:1em;border-top:2px solid #e3e3e3}"
    "p{margin:.2em 0;white-space:pre-wrap;overflow-wrap:anywhere}img{max-width:100%;margin:.6em 0}"
)
POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, lines of plain text, and JPEG pictures."""

    title: str
    lines: Sequence[str]
    pictures: Sequence[bytes]


def page(title: str, intro: Sequence[str], sections: Sequence[Section]) -> bytes:
    """The whole page. Nobody's words become a mark of it."""
    parts = [
        f'<!doctype html><html lang="zh"><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><style>{STYLE}</style>'
        f"<h1>{escape(title)}</h1>",
        *(f"<p>{escape(line)}</p>" for line in intro),
    ]
    for one in sections:
        parts.append(f"<h2>{escape(one.title)}</h2>")
        parts += [f"<p>{escape(line)}</p>" for line in one.lines]
        parts += [f'<img alt="" src="data:image/jpeg;base64,{b64encode(image).decode()}">' for image in one.pictures]
    return "\n".join(parts).encode()
