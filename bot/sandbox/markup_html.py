"""Telegram's HTML: the few tags it knows, and the exact complaints about all others."""

import re
from dataclasses import dataclass, field

from bot.sandbox.errors import Refused, bad
from bot.sandbox.records import Json

KINDS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler",
    "span": "spoiler", "code": "code", "pre": "pre", "a": "text_link", "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}  # fmt: skip
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
PIECE = re.compile(r"&(#x[0-9a-fA-F]+|#[0-9]+|[a-zA-Z]+);?|<|[^&<]+|&")
ATTRIBUTE = re.compile(r"\s*([^\s=>/]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([\w.-]+)))?")


@dataclass(slots=True)
class Open:
    tag: str
    argument: str
    offset: int


@dataclass(slots=True)
class Reading:
    source: str
    at: int = 0
    length: int = 0
    text: list[str] = field(default_factory=list[str])
    nested: list[Open] = field(default_factory=list[Open])
    entities: list[Json] = field(default_factory=list[Json])

    def put(self, piece: str) -> None:
        self.text.append(piece)
        self.length += len(piece) if piece.isascii() else len(piece.encode("utf-16-le")) // 2

    def complain(self, text: str, at: int, rest: str = "") -> Refused:
        return bad(f"can't parse entities: {text} at byte offset {len(self.source[:at].encode())}{rest}")


def parse_html(source: str) -> tuple[str, list[Json]]:
    """Plain text and entities (offsets in UTF-16 units).

    Raises Refused 400 as Telegram does: unsupported, unclosed, unmatched tags, with their place in bytes.
    """
    reading = Reading(source)
    while reading.at < len(source):
        match = PIECE.match(source, reading.at)
        piece = match.group() if match else source[reading.at]
        if piece == "<":
            _end_tag(reading) if source.startswith("</", reading.at) else _start_tag(reading)
        else:
            reading.put(_decoded(match) if match else piece)
            reading.at += len(piece)
    if reading.nested:
        tag = reading.nested[-1].tag
        raise bad(f"can't parse entities: Can't find end tag corresponding to start tag \"{tag}\"")
    entities = sorted(reading.entities, key=lambda each: (each["offset"], -each["length"]))
    return "".join(reading.text), entities


def _decoded(piece: re.Match[str]) -> str:
    name, whole = piece.group(1) or "", piece.group()
    if not name.startswith("#"):
        return NAMED.get(name, whole)
    code = int(name[2:], 16) if name[1] in "xX" else int(name[1:])
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else whole


def _start_tag(reading: Reading) -> None:
    begin = reading.at
    name = re.compile(r"[^\s>]*").match(reading.source, begin + 1)
    tag = name.group().lower() if name else ""
    at = begin + 1 + len(tag)
    if at >= len(reading.source):
        raise reading.complain("Unclosed start tag", begin)
    if tag not in KINDS:
        raise reading.complain(f'Unsupported start tag "{tag}"', begin)
    argument = ""
    while True:
        rest = reading.source[at:]
        if rest.lstrip().startswith(">"):
            at += len(rest) - len(rest.lstrip()) + 1
            break
        match = ATTRIBUTE.match(reading.source, at)
        if not rest.strip() or match is None or match.end() >= len(reading.source):
            raise reading.complain("Unclosed start tag", begin)
        at = match.end()
        value = match.group(2) or match.group(3) or match.group(4) or ""
        argument = _argument(tag, match.group(1).lower(), value) or argument
    if tag == "span" and argument != "spoiler":
        raise reading.complain('Tag "span" must have class "tg-spoiler"', begin)
    if tag == "tg-emoji" and not argument.isdigit():
        raise reading.complain("Custom emoji identifier is invalid", begin)
    reading.nested.append(Open(tag, argument, reading.length))
    reading.at = at


def _argument(tag: str, name: str, value: str) -> str:
    match tag, name:
        case ("a", "href") | ("tg-emoji", "emoji-id"):
            return PIECE.sub(_decoded, value)
        case ("code", "class") if value.startswith("language-"):
            return value.removeprefix("language-")
        case ("span", "class") if value.startswith("tg-"):
            return value.removeprefix("tg-")
        case ("blockquote", "expandable"):
            return "expandable"
        case _:
            return ""


def _end_tag(reading: Reading) -> None:
    begin = reading.at
    if not reading.nested:
        raise reading.complain("Unexpected end tag", begin)
    match = re.compile(r"</([^\s>]*)\s*(>?)").match(reading.source, begin)
    if match is None or not match.group(2):
        raise reading.complain("Unclosed end tag", begin)
    opened = reading.nested.pop()
    found = match.group(1).lower()
    if found and found != opened.tag:
        raise reading.complain("Unmatched end tag", begin, f', expected "</{opened.tag}>", found "</{found}>"')
    reading.at = match.end()
    if reading.length > opened.offset:
        _close(reading, opened)


def _close(reading: Reading, opened: Open) -> None:
    kind = KINDS[opened.tag]
    entity: Json = {"offset": opened.offset, "length": reading.length - opened.offset, "type": kind}
    if kind == "text_link":
        joined = "".join(reading.text).encode("utf-16-le")[opened.offset * 2 :].decode("utf-16-le")
        entity.update(url_or_user(opened.argument or joined))
        if entity["type"] == "":
            return
    if kind == "custom_emoji":
        entity["custom_emoji_id"] = opened.argument
    if kind == "blockquote" and opened.argument:
        entity["type"] = "expandable_blockquote"
    if kind == "code" and opened.argument and reading.nested and reading.nested[-1].tag == "pre":
        reading.nested[-1].argument = opened.argument
        return
    if kind == "code" and reading.nested and reading.nested[-1].tag == "pre":
        return
    if kind == "pre" and opened.argument:
        entity["language"] = opened.argument
    reading.entities.append(entity)


def url_or_user(target: str) -> Json:
    """The part of an entity that says where a link leads; type "" if Telegram would drop it."""
    if match := re.fullmatch(r"tg://user\?id=(\d+)", target):
        return {"type": "text_mention", "user": {"id": int(match.group(1))}}
    if re.match(r"(https?|tg|ton|tonsite|ftp)://", target) or re.match(r"mailto:|tel:", target):
        return {"type": "text_link", "url": target}
    if re.match(r"[\w-]+(\.[\w-]+)+", target):
        return {"type": "text_link", "url": f"http://{target}"}
    return {"type": ""}
