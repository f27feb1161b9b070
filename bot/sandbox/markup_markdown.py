"""Telegram's MarkdownV2 and its older Markdown, with the complaints about what was not escaped or not closed."""

import re
from dataclasses import dataclass, field

from bot.sandbox.errors import Refused, bad
from bot.sandbox.markup_html import url_or_user
from bot.sandbox.records import Json

RESERVED = "_*[]()~`>#+-=|{}.!"
SIGNS = ("__", "||", "```", "*", "_", "~", "`", "[")
KINDS = {
    "*": "bold", "_": "italic", "__": "underline", "~": "strikethrough", "||": "spoiler", "`": "code", "```": "pre",
    "[": "text_link",
}  # fmt: skip
NAMES = {
    "*": "Bold", "_": "Italic", "__": "Underline", "~": "Strikethrough", "||": "Spoiler", "`": "Code", "```": "Pre",
    "[": "TextUrl",
}  # fmt: skip
OLD_SIGNS = ("```", "*", "_", "`", "[")
LINK = re.compile(r"\]\(((?:\\.|[^)\\])*)\)")


@dataclass(slots=True)
class Reading:
    source: str
    second: bool
    at: int = 0
    length: int = 0
    text: list[str] = field(default_factory=list[str])
    nested: list[tuple[str, int, int]] = field(default_factory=list[tuple[str, int, int]])
    entities: list[Json] = field(default_factory=list[Json])
    quote: int | None = None

    def put(self, char: str) -> None:
        self.text.append(char)
        self.length += 1 + (char > "\uffff")
        self.at += 1

    def offset(self, at: int) -> int:
        return len(self.source[:at].encode())

    def complain(self, text: str) -> Refused:
        return bad(f"can't parse entities: {text}")


def parse_markdown(source: str, second: bool) -> tuple[str, list[Json]]:
    """Plain text and entities (offsets in UTF-16 units) of MarkdownV2 if `second`, else of the older Markdown.

    Raises Refused 400 for an entity without end and, in MarkdownV2, for a reserved character that was not escaped.
    """
    reading = Reading(source, second)
    while reading.at < len(source):
        _step(reading)
    _close_quote(reading, reading.length)
    if reading.nested:
        sign, _, begin = reading.nested[-1]
        if second:
            raise reading.complain(f"Can't find end of {NAMES[sign]} entity at byte offset {reading.offset(begin)}")
        raise reading.complain(f"Can't find end of the entity starting at byte offset {reading.offset(begin)}")
    return "".join(reading.text), sorted(reading.entities, key=lambda each: (each["offset"], -each["length"]))


def _step(reading: Reading) -> None:
    source, at = reading.source, reading.at
    inside = reading.nested[-1][0] if reading.nested else ""
    verbatim = inside in ("`", "```") or (not reading.second and bool(inside))
    escapable = RESERVED + "\\" if reading.second else "_*`["
    if source[at] == "\\" and at + 1 < len(source) and source[at + 1] in escapable:
        reading.at += 1
        reading.put(source[reading.at])
        return
    if inside == "[" and source[at] == "]":
        _end_link(reading)
        return
    sign = _sign_at(reading, inside, verbatim)
    if sign and sign == inside:
        _end(reading, sign)
    elif sign:
        reading.nested.append((sign, reading.length, at))
        reading.at += len(sign)
        if sign == "```" and (language := re.compile(r"([^\s`]+)?\n").match(source, reading.at)):
            reading.at = language.end()
    elif _opens_quote(reading):
        reading.at += 1
        if reading.quote is None:
            reading.quote = reading.length
    elif reading.second and not verbatim and source[at] in RESERVED:
        raise reading.complain(f"Character '{source[at]}' is reserved and must be escaped with the preceding '\\'")
    else:
        reading.put(source[at])
        if source[at] == "\n" and not source.startswith(">", at + 1):
            _close_quote(reading, reading.length - 1)


def _sign_at(reading: Reading, inside: str, verbatim: bool) -> str:
    if verbatim:
        return inside if inside != "[" and reading.source.startswith(inside, reading.at) else ""
    if inside in ("_", "__") and reading.source.startswith("___", reading.at):
        return inside
    for sign in SIGNS if reading.second else OLD_SIGNS:
        if reading.source.startswith(sign, reading.at):
            return sign
    return ""


def _opens_quote(reading: Reading) -> bool:
    at = reading.at
    return reading.second and reading.source[at] == ">" and (at == 0 or reading.source[at - 1] == "\n")


def _close_quote(reading: Reading, end: int) -> None:
    """Mark the lines that began with `>` as one quotation, if there are any."""
    if reading.quote is not None and end > reading.quote:
        reading.entities.append({"offset": reading.quote, "length": end - reading.quote, "type": "blockquote"})
    reading.quote = None


def _end(reading: Reading, sign: str) -> None:
    _, offset, _ = reading.nested.pop()
    reading.at += len(sign)
    if reading.length > offset:
        reading.entities.append({"offset": offset, "length": reading.length - offset, "type": KINDS[sign]})


def _end_link(reading: Reading) -> None:
    _, offset, _ = reading.nested.pop()
    link = LINK.match(reading.source, reading.at)
    reading.at = link.end() if link else reading.at + 1
    target = re.sub(r"\\(.)", r"\1", link.group(1)) if link else ""
    where = url_or_user(target or "")
    if reading.length > offset and where["type"]:
        reading.entities.append({"offset": offset, "length": reading.length - offset, **where})
