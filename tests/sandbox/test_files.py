"""Files: samples, uploads, albums, downloads, and what Telegram takes out of a photo."""

import io
from base64 import b64encode
from typing import Any

import aiohttp
import pytest
from PIL import Image

from bot.sandbox.samples import sample
from tests.sandbox.wire import BOT, WANG, Wire

MEGABYTE = 1024 * 1024
KINDS = ["photo", "video", "video_note", "voice", "audio", "document", "sticker", "animation"]


async def download(wire: Wire, file_id: str) -> bytes:
    path = (await wire.call("getFile", file_id=file_id))["file_path"]
    async with wire.session.get(f"{wire.sandbox.address}/file/bot777:secret/{path}") as answer:
        assert answer.status == 200
        return await answer.read()


def file_id(message: dict[str, Any], kind: str) -> str:
    value = message[kind]
    return value[-1]["file_id"] if kind == "photo" else value["file_id"]


async def upload(wire: Wire, method: str, files: dict[str, tuple[str, bytes]], **fields: str) -> dict[str, Any]:
    form = aiohttp.FormData(quote_fields=False)
    for name, value in fields.items():
        form.add_field(name, value)
    for name, (file_name, data) in files.items():
        form.add_field(name, io.BytesIO(data), filename=file_name)
    async with wire.session.post(wire.url(method), data=form) as answer:
        return await answer.json()


@pytest.mark.parametrize("kind", KINDS)
async def test_a_persons_sample_can_be_fetched_and_sent_on_by_its_id(wire: Wire, kind: str) -> None:
    sent = await wire.send(WANG, BOT, **{kind: True})
    (update,) = await wire.updates()
    assert update["message"][kind] == sent[kind]
    data = await download(wire, file_id(sent, kind))
    assert len(data) > 400
    method = "send" + "".join(word.capitalize() for word in kind.split("_"))
    again = await wire.call(method, chat_id=WANG, **{kind: file_id(sent, kind)})
    assert file_id(again, kind) == file_id(sent, kind)


async def test_a_file_is_sent_only_as_what_it_is(wire: Wire) -> None:
    voice = file_id(await wire.send(WANG, BOT, voice=True), "voice")
    assert await wire.refused("sendPhoto", chat_id=WANG, photo=voice) == "400 Bad Request: type of file mismatch"


async def test_a_photo_loses_its_place_and_a_document_keeps_it(wire: Wire) -> None:
    given = {"base64": b64encode(sample("photo.jpg")).decode(), "name": "lamp.jpg", "mime": "image/jpeg"}
    photo = await download(wire, file_id(await wire.send(WANG, BOT, photo=given), "photo"))
    paper = await download(wire, file_id(await wire.send(WANG, BOT, document=given), "document"))
    assert paper == sample("photo.jpg")
    assert Image.open(io.BytesIO(paper)).getexif().get_ifd(0x8825)
    assert not Image.open(io.BytesIO(photo)).getexif()


async def test_an_upload_can_be_fetched_again(wire: Wire) -> None:
    answer = await upload(
        wire, "sendDocument", {"document": ("说明.pdf", b"%PDF-1.4 x")}, chat_id=str(WANG), caption="看"
    )
    document = answer["result"]["document"]
    assert (document["file_name"], document["file_size"], answer["result"]["caption"]) == ("说明.pdf", 10, "看")
    assert await download(wire, document["file_id"]) == b"%PDF-1.4 x"


async def test_an_album_with_attached_files(wire: Wire) -> None:
    media = '[{"type":"photo","media":"attach://a","caption":"一"},{"type":"video","media":"attach://b"}]'
    files = {"a": ("a.jpg", sample("photo.jpg")), "b": ("b.mp4", sample("video.mp4"))}
    first, second = (await upload(wire, "sendMediaGroup", files, chat_id=str(WANG), media=media))["result"]
    assert first["media_group_id"] == second["media_group_id"]
    assert (first["caption"], "caption" in second, "video" in second) == ("一", False, True)
    mixed = '[{"type":"photo","media":"attach://a"},{"type":"document","media":"attach://b"}]'
    refused = await upload(wire, "sendMediaGroup", files, chat_id=str(WANG), media=mixed)
    assert refused["description"] == "Bad Request: document can't be mixed with other media types"


async def test_the_media_of_a_message_is_replaced(wire: Wire) -> None:
    photo = file_id(await wire.send(WANG, BOT, photo=True), "photo")
    sent = await wire.call("sendPhoto", chat_id=WANG, photo=photo, caption="旧")
    media = '{"type":"document","media":"attach://a","caption":"新"}'
    fields = {"chat_id": str(WANG), "message_id": str(sent["message_id"]), "media": media}
    changed = (await upload(wire, "editMessageMedia", {"a": ("a.txt", b"x")}, **fields))["result"]
    assert (changed["caption"], "photo" in changed, changed["document"]["file_name"]) == ("新", False, "a.txt")


async def test_files_over_20_megabytes_cannot_be_fetched(wire: Wire) -> None:
    big = await wire.send(WANG, BOT, video={"size": 21 * MEGABYTE})
    assert big["video"]["file_size"] == 21 * MEGABYTE
    assert await wire.refused("getFile", file_id=file_id(big, "video")) == "400 Bad Request: file is too big"
    just = await wire.send(WANG, BOT, video={"size": 20 * MEGABYTE})
    await wire.call("getFile", file_id=file_id(just, "video"))


async def test_a_link_lives_an_hour(wire: Wire) -> None:
    path = (await wire.call("getFile", file_id=file_id(await wire.send(WANG, BOT, voice=True), "voice")))["file_path"]
    address = f"{wire.sandbox.address}/file/bot777:secret/{path}"
    async with wire.session.get(address) as answer:
        assert answer.status == 200
    await wire.post("clock", add=3601)
    async with wire.session.get(address) as answer:
        assert answer.status == 404


async def test_what_is_no_picture_is_no_photo(wire: Wire) -> None:
    answer = await upload(wire, "sendPhoto", {"photo": ("a.jpg", b"GIF? no")}, chat_id=str(WANG))
    assert answer["description"] == "Bad Request: IMAGE_PROCESS_FAILED"
    empty = await upload(wire, "sendPhoto", {"photo": ("a.jpg", b"")}, chat_id=str(WANG))
    assert empty["description"] == "Bad Request: file must be non-empty"
    wide = io.BytesIO()
    Image.new("RGB", (9000, 300)).save(wide, "JPEG")
    answer = await upload(wire, "sendPhoto", {"photo": ("a.jpg", wide.getvalue())}, chat_id=str(WANG))
    assert answer["description"] == "Bad Request: PHOTO_INVALID_DIMENSIONS"


async def test_an_upload_over_50_megabytes_is_too_large(wire: Wire) -> None:
    answer = await upload(wire, "sendDocument", {"document": ("a.bin", b"x" * (50 * MEGABYTE + 1))}, chat_id=str(WANG))
    assert (answer["error_code"], answer["description"]) == (413, "Request Entity Too Large")


async def test_the_page_gets_files_that_cannot_act_in_it(wire: Wire) -> None:
    page = {"name": "x.html", "mime": "text/html", "base64": b64encode(b"<script>1</script>").decode()}
    sent = await wire.send(WANG, BOT, document=page)
    async with wire.session.get(f"{wire.sandbox.address}/sandbox/files/{file_id(sent, 'document')}") as answer:
        assert answer.content_type == "application/octet-stream"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_downloads_can_be_struck_by_faults(wire: Wire) -> None:
    voice = file_id(await wire.send(WANG, BOT, voice=True), "voice")
    path = (await wire.call("getFile", file_id=voice))["file_path"]
    await wire.post("faults", kind="500", method="download", times=1)
    async with wire.session.get(f"{wire.sandbox.address}/file/bot777:secret/{path}") as answer:
        assert answer.status == 500
