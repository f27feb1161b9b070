"""Files in a bot's call: a file_id, an upload, or attach:// to one."""

from typing import Any, cast

from bot.sandbox.addressing import Call
from bot.sandbox.errors import bad
from bot.sandbox.files import StoredFile, Wish, facts_of
from bot.sandbox.records import Json

GIVEN_FACTS = ("duration", "width", "height", "performer", "title")
ALBUM_KINDS = frozenset({"photo", "video", "audio", "document"})


def file_given(call: Call, kind: str, source: Any, facts: Json) -> StoredFile:
    """The file that `source` names, stored if it is an upload. Raises Refused 400 for none, or one of another kind."""
    name = str(source or "")
    upload = call.params.uploads.get(name.removeprefix("attach://") if name else kind)
    if upload is None:
        return _known(call, kind, name)
    if not upload.data:
        raise bad("file must be non-empty")
    all_facts = facts_of(kind, upload.name, upload.mime, facts)
    file_name = upload.name if kind not in ("voice", "video_note", "sticker") else ""
    return call.world.files.keep(Wish(kind, upload.data, file_name, upload.mime, None, all_facts))


def _known(call: Call, kind: str, name: str) -> StoredFile:
    if not name:
        raise bad(f"there is no {kind} in the request")
    if name.startswith(("http://", "https://")):
        raise bad("failed to get HTTP URL content")
    known = call.world.files.get(name)
    if known is None:
        raise bad("wrong file identifier/HTTP URL specified")
    if known.kind != kind:
        raise bad("type of file mismatch")
    return known


def media_content(call: Call, kind: str) -> Json:
    """The content of a message with one file, as sendPhoto and its sisters have it."""
    facts: Json = {name: call.params.integer(name) for name in ("duration", "width", "height", "length")}
    facts |= {name: call.params.text(name) or None for name in ("performer", "title")}
    known = {name: value for name, value in facts.items() if value is not None}
    stored = file_given(call, kind, call.params.values.get(kind), known)
    content: Json = {kind: stored.shown()}
    if kind == "animation":
        content["document"] = {**stored.card(), "file_name": "animation.mp4", "mime_type": "video/mp4"}
    if call.params.flag("has_spoiler"):
        content["has_media_spoiler"] = True
    return content


def media_of(call: Call, item: Any) -> tuple[str, Json]:
    """Kind and content of an InputMedia object."""
    if not isinstance(item, dict):
        raise bad("can't parse InputMedia: expected an Object")
    media = cast(Json, item)
    kind = str(media.get("type", ""))
    if kind not in ALBUM_KINDS and kind != "animation":
        raise bad(f"can't parse InputMedia: type {kind or 'of media'} is unknown")
    if not media.get("media"):
        raise bad("can't parse InputMedia: media not found")
    facts = {name: media[name] for name in GIVEN_FACTS if media.get(name)}
    content: Json = {kind: file_given(call, kind, media["media"], facts).shown()}
    if media.get("has_spoiler"):
        content["has_media_spoiler"] = True
    return kind, content
