"""Message text and its entities: lengths in UTF-16 units, trimming, what Telegram finds by itself (commands, links)."""

import re
from typing import Any

from bot.sandbox.errors import bad
from bot.sandbox.markup_html import parse_html
from bot.sandbox.markup_markdown import parse_markdown
from bot.sandbox.params import Params
from bot.sandbox.records import Json

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
MOST_ENTITIES = 100
OPAQUE = frozenset({"code", "pre", "text_link", "text_mention"})
DOMAIN = r"(?:[a-z0-9-]+\.)+(?:com|cn|net|org|gov|edu|info|io|me|app|dev|top|xyz|ru|de|uk|eu|tv|cc)\b"
FOUND = re.compile(
    r"(?P<url>https?://[^\s<>\"「」，。；）]+)"
    r"|(?P<email>[a-z0-9._%+-]+@(?:[a-z0-9-]+\.)+[a-z]{2,})"
    r"|(?<![\w/@.])(?P<domain>" + DOMAIN + r"(?:/[^\s<>\"「」，。；）]*)?)"
    r"|(?<![\w/<>])(?P<bot_command>/[a-z0-9_]{1,64}(?:@[a-z0-9_]{3,32})?)(?![\w/])"
    r"|(?<![\w@])(?P<mention>@[a-z][a-z0-9_]{2,31})(?!\w)"
    r"|(?<![\w#])(?P<hashtag>#(?!\d+\b)\w{1,256})",
    re.IGNORECASE,
)


def u16(text: str) -> int:
    """Length in UTF-16 units, in which Telegram counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def found_entities(text: str) -> list[Json]:
    """Commands, mentions, links, addresses and hashtags in a text."""
    if not any(sign in text for sign in "/@#."):
        return []
    found: list[Json] = []
    for match in FOUND.finditer(text):
        kind = match.lastgroup or ""
        offset = u16(text[: match.start()])
        name = "url" if kind == "domain" else kind
        found.append({"offset": offset, "length": u16(match.group()), "type": name})
    return found


def with_found(text: str, entities: list[Json]) -> list[Json]:
    """Given entities and the found ones that are not inside code or a link, in order."""
    opaque = [(each["offset"], each["offset"] + each["length"]) for each in entities if each["type"] in OPAQUE]
    for each in found_entities(text):
        start, end = each["offset"], each["offset"] + each["length"]
        if not any(start < stop and begin < end for begin, stop in opaque):
            entities.append(each)
    return sorted(entities, key=lambda each: (each["offset"], -each["length"]))[:MOST_ENTITIES]


def trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Without the spaces around; entities move along and are cut to what is left."""
    kept = text.strip()
    if kept == text:
        return text, entities
    lead, length = u16(text[: len(text) - len(text.lstrip())]), u16(kept)
    moved: list[Json] = []
    for each in entities:
        start = max(0, each["offset"] - lead)
        end = min(length, each["offset"] + each["length"] - lead)
        if end > start:
            moved.append({**each, "offset": start, "length": end - start})
    return kept, moved


def marked(text: str, parse_mode: str, given: Any) -> tuple[str, list[Json]]:
    """Text and entities of a bot's `text`, `parse_mode` and `entities`; the mode goes before the list.

    Raises Refused 400 in Telegram's words for markup that it cannot read.
    """
    mode = parse_mode.lower()
    if mode in ("", "none"):
        entities = [each for each in _entity_list(given) if each["length"] > 0]
    elif mode == "html":
        text, entities = parse_html(text)
    elif mode in ("markdownv2", "markdown"):
        text, entities = parse_markdown(text, second=mode == "markdownv2")
    else:
        raise bad("unsupported parse_mode")
    text, entities = trimmed(text.replace("\r", "").replace("\0", " "), entities)
    return text, with_found(text, entities)


def _entity_list(given: Any) -> list[Json]:
    if given is None:
        return []
    if not isinstance(given, list):
        raise bad("can't parse message entities: expected an Array of MessageEntity")
    entities: list[Json] = []
    for each in given:  # pyright: ignore[reportUnknownVariableType] - checked below
        if not isinstance(each, dict) or not all(isinstance(each.get(key), int) for key in ("offset", "length")):  # pyright: ignore[reportUnknownMemberType]
            raise bad("can't parse MessageEntity: expected an Object with offset and length")
        entities.append({**each})
    return entities


def message_text(params: Params, too_long: str = "message is too long") -> Json:
    """`text` and `entities` of a message. Refused 400 if it is empty or, as `too_long`, over 4096 UTF-16 units."""
    text, entities = marked(
        params.text("text"), params.text("parse_mode"), params.parsed("entities", "message entities")
    )  # fmt: skip
    if not text:
        raise bad("message text is empty")
    if len(text) * 2 > TEXT_LIMIT and u16(text) > TEXT_LIMIT:
        raise bad(too_long)
    return {"text": text, "entities": entities} if entities else {"text": text}


def caption(params: Params, source: Json | None = None) -> Json:
    """`caption` and `caption_entities` of the call or of one media of an album, over 1024 UTF-16 units refused."""
    given = Params(source) if source is not None else params
    text, entities = marked(
        given.text("caption"), given.text("parse_mode"), given.parsed("caption_entities", "caption entities")
    )  # fmt: skip
    if u16(text) > CAPTION_LIMIT:
        raise bad("message caption is too long")
    if not text:
        return {}
    above = {"show_caption_above_media": True} if given.flag("show_caption_above_media") else {}
    return {"caption": text, **({"caption_entities": entities} if entities else {}), **above}
