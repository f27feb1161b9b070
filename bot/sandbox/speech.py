"""What a person sends, as the page or a test puts it, turned into the contents of messages."""

from base64 import b64decode
from binascii import Error as NotBase64
from random import SystemRandom
from typing import Any, cast

from bot.sandbox.entities import CAPTION_LIMIT, TEXT_LIMIT, found_entities, u16
from bot.sandbox.errors import Mistaken
from bot.sandbox.files import Wish, facts_of, sample_wish
from bot.sandbox.records import Json, Person
from bot.sandbox.world import World

SENDABLE = ("photo", "video", "video_note", "voice", "audio", "document", "sticker", "animation")
MOST_IN_ALBUM = 10
STRANGER_ID = 5_999_999_999
FACTS = ("duration", "width", "height", "performer", "title")


def contents(world: World, body: Json) -> list[Json]:
    """One content for each thing that the body names. Raises Mistaken if it names none, or something impossible."""
    found: list[Json] = []
    if "start" in body:
        found.append(written(f"/start {body['start']}".strip()))
    if "album" in body:
        found += album(world, body["album"], body.get("caption"))
    found += [
        {**file_content(world, kind, body[kind]), **captioned(body.get("caption"))}
        for kind in SENDABLE
        if body.get(kind)
    ]
    found += [read(body[name]) for name, read in PLACES.items() if body.get(name)]
    if body.get("text") is not None:
        found.append(written(str(body["text"]), body.get("entities")))
    if not found:
        raise Mistaken("nothing to send")
    return found


def written(text: str, marked: list[Json] | None = None) -> Json:
    """A text as a client would let it out: trimmed, not empty, at most 4096 UTF-16 units; `marked` is made bold ..."""
    text = text.strip()
    if not text:
        raise Mistaken("the text is empty")
    if u16(text) > TEXT_LIMIT:
        raise Mistaken(f"a message holds at most {TEXT_LIMIT} characters")
    entities = [*(marked or []), *found_entities(text)]
    return {"text": text, "entities": entities} if entities else {"text": text}


def captioned(text: Any) -> Json:
    if not text:
        return {}
    if u16(str(text)) > CAPTION_LIMIT:
        raise Mistaken(f"a caption holds at most {CAPTION_LIMIT} characters")
    entities = found_entities(str(text))
    return {"caption": str(text), **({"caption_entities": entities} if entities else {})}


def album(world: World, items: Any, caption: Any) -> list[Json]:
    if not isinstance(items, list) or not 1 <= len(cast(list[Any], items)) <= MOST_IN_ALBUM:
        raise Mistaken("an album has 1 to 10 items")
    group = {"media_group_id": str(SystemRandom().randrange(10**16, 10**17))}
    found: list[Json] = []
    for item in cast(list[Json], items):
        kind = next((each for each in ("photo", "video", "document", "audio") if item.get(each)), None)
        if kind is None:
            raise Mistaken("an item of an album is a photo, video, document or audio")
        words = item.get("caption") or (caption if not found else None)
        found.append({**group, **file_content(world, kind, item[kind]), **captioned(words)})
    return found


def file_content(world: World, kind: str, given: Any) -> Json:
    """`given` is true for the built-in sample, else says name, mime, base64, size (in bytes, pretended), duration."""
    stored = world.files.keep(sample_wish(kind) if given is True else _wish(kind, given))
    content: Json = {kind: stored.shown()}
    if kind == "animation":
        content["document"] = {**stored.card(), "file_name": "animation.mp4", "mime_type": "video/mp4"}
    return content


def _wish(kind: str, given: Any) -> Wish:
    if not isinstance(given, dict):
        raise Mistaken(f"{kind} must be true or an object")
    file = cast(Json, given)
    sample = sample_wish(kind)
    try:
        data = b64decode(file["base64"], validate=True) if file.get("base64") else sample.data
    except (NotBase64, ValueError, TypeError):
        raise Mistaken("base64 cannot be read") from None
    name, mime = str(file.get("name") or sample.name), str(file.get("mime") or sample.mime)
    facts = {key: file[key] for key in FACTS if file.get(key) is not None}
    keeps_name = kind not in ("photo", "voice", "video_note", "sticker")
    return Wish(kind, data, name if keeps_name else "", mime, file.get("size"), facts_of(kind, name, mime, facts))


def _point(given: Json) -> Json:
    try:
        latitude, longitude = float(given["lat"]), float(given["lon"])
    except (KeyError, TypeError, ValueError):
        raise Mistaken("a place has lat and lon") from None
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise Mistaken("there is no such place")
    return {"latitude": latitude, "longitude": longitude}


def _location(given: Json) -> Json:
    return {"location": _point(given)}


def _venue(given: Json) -> Json:
    point = _point(given)
    title, address = str(given.get("title", "")), str(given.get("address", ""))
    return {"venue": {"location": point, "title": title, "address": address}, "location": point}


def _contact(given: Json) -> Json:
    contact: Json = {"phone_number": str(given.get("phone", "")), "first_name": str(given.get("first_name", ""))}
    for name in ("last_name", "user_id"):
        if given.get(name):
            contact[name] = given[name]
    return {"contact": contact}


PLACES = {"location": _location, "venue": _venue, "contact": _contact}


def forwarded(world: World, given: Any) -> Json:
    """`forward_origin` of a message forwarded from a person of the town, a stranger by name, or somebody hidden."""
    if not isinstance(given, dict):
        return {}
    origin, date = cast(Json, given), world.clock.unix() - 3600
    if origin.get("hidden"):
        return {"forward_origin": {"type": "hidden_user", "sender_user_name": str(origin["hidden"]), "date": date}}
    if origin.get("person"):
        known: Person = world.person(int(origin["person"]))
        return {"forward_origin": {"type": "user", "sender_user": known.user(), "date": date}}
    stranger: Json = {"id": STRANGER_ID, "is_bot": False, "first_name": str(origin.get("name", ""))}
    return {"forward_origin": {"type": "user", "sender_user": stranger, "date": date}}
