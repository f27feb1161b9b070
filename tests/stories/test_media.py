"""Photos, films and voices: kept once, shown as harmless copies, whatever comes and whatever fails."""

from base64 import b64encode
from io import BytesIO
from pathlib import Path

from PIL import Image

from bot.cases.case import Case
from storage import attachments
from tests.stories.office import count, goes_to, photo, picture_file, pieces, reports
from tests.town import Json, Person, Town, open_town

LIMIT = 20 * 1024 * 1024


def data(content: bytes, **facts: object) -> Json:
    """A file of a person."""
    return {"base64": b64encode(content).decode(), **facts}


async def states(town: Town, case: Case) -> list[str]:
    """What became of the files of a case."""
    async with town.app.database.read() as tx:
        files = await attachments.of_case(tx, town.app.office.seals.content, case.id)
    return [one.state for one in files]


async def shown(person: Person, kind: str = "photo") -> list[Json]:
    """Messages of the bot here with such a file."""
    return [one for one in await person.messages() if kind in one and one["from"]["is_bot"]]


async def bytes_of(town: Town, message: Json) -> bytes:
    """What the chat really received."""
    async with town.session.get(f"/sandbox/files/{message['photo'][-1]['file_id']}") as response:
        return await response.read()


async def test_an_album_reaches_the_unit_as_copies_without_place_name_or_camera(town: Town) -> None:
    await goes_to(town, 10)
    given = [photo(n) for n in range(3)] + [{"document": picture_file(9, "王奶奶家漏水.jpg")}]
    case = await reports(town, media=await pieces(town.responder, *given))
    await town.fetches()
    pictures = await shown(town.community_group)
    assert len(pictures) == 4 and len({one["media_group_id"] for one in pictures}) == 1
    assert pictures[0]["caption"] == f"{case.number} 上报人的照片"
    for one in pictures:
        received = await bytes_of(town, one)
        assert not Image.open(BytesIO(received)).getexif()
        for trace in ("王奶奶".encode(), b"Exif", b"GPS"):
            assert trace not in received
        assert "王奶奶" not in str(one)
    assert "📎 照片 4 张" in (await town.community_group.message_with("推送号"))["text"]


async def test_pictures_that_come_later_make_one_album_and_nothing_is_shown_twice(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town, media=await pieces(town.responder, photo(0)))
    await town.fetches()
    later = await pieces(town.responder, *(photo(n) for n in range(1, 5)))
    for piece in later:
        await adds(town, case, piece)
    town.app.sender.look()
    await town.fetches()
    await town.passes(minutes=1)
    pictures = await shown(town.community_group)
    assert len(pictures) == 5
    albums = [one.get("media_group_id") for one in pictures[1:]]
    assert len(set(albums)) <= 2, "a window of some seconds may end between two of them"
    assert pictures[1]["caption"] == f"{case.number} 上报人补充的照片"


async def adds(town: Town, case: Case, piece: Json) -> None:
    """The reporter adds a file."""
    from bot.desk.following import add_to

    await town.app.at_desk(lambda desk: add_to(desk, case, "", [piece], piece["unique_id"]))


async def test_film_and_voice_reach_the_unit_as_they_are(town: Town) -> None:
    await goes_to(town, 10)
    kinds = ("video", "voice", "video_note", "audio")
    case = await reports(town, media=await pieces(town.responder, *({kind: True} for kind in kinds)))
    for kind in kinds:
        assert len(await shown(town.community_group, kind)) == 1, kind
    for kind, what in (("video", "视频"), ("voice", "语音"), ("audio", "语音")):
        (one,) = await shown(town.community_group, kind)
        assert one["caption"] == f"{case.number} 上报人的{what}"
    assert "视频、语音 4 段" in (await town.community_group.message_with("推送号"))["text"]
    await town.fetches()
    assert await states(town, case) == ["kept"] * 4


async def test_hostile_files_harm_nobody_and_the_reporter_hears_it(town: Town) -> None:
    await goes_to(town, 10)
    bomb = BytesIO()
    Image.new("1", (30_000, 30_000)).save(bomb, "PNG")
    hostile = [
        {"document": data(b"<svg onload='alert(1)'/>", name="x.jpg", mime="image/jpeg")},
        {"document": data(bomb.getvalue(), name="x.png", mime="image/png")},
        {"document": data(b"\xff\xd8\xff" + b"A" * 300, name="x.jpg", mime="image/jpeg")},
        {"document": data(b"MZ" + b"\0" * 99, name="../../../../etc/cron.d/报告.exe", mime="application/x-dosexec")},
        {"document": data(b"%PDF-1.4 ...", name="a/b\\c\0.pdf", mime="application/pdf")},
    ]
    case = await reports(town, media=await pieces(town.responder, *hostile))
    await town.fetches()
    await town.passes(minutes=1)
    assert await states(town, case) == ["unsafe"] * 5
    assert not await shown(town.community_group)
    card = (await town.community_group.message_with("推送号"))["text"]
    assert "\n📎 5 个文件打不开，没有转来\n" in card, "and none of them is counted as a picture"
    assert count(await town.resident.heard(), "打不开") == 1
    root = town.app.settings.data_dir
    assert not [one for one in root.rglob("*") if ".." in one.name or "报告" in one.name]
    assert not await town.admin.sees("死信")


async def test_a_file_over_20_mb_is_told_at_once_and_the_case_goes_on(town: Town) -> None:
    await goes_to(town, 10)
    media = await pieces(town.responder, {"video": {"size": LIMIT + 1}}, photo(1))
    case = await reports(town, media=media)
    await town.fetches()
    assert await states(town, case) == ["too_large", "kept"]
    assert len(await shown(town.community_group)) == 1


async def test_a_network_that_comes_and_goes_loses_no_file(town: Town) -> None:
    await goes_to(town, 10)
    for kind in ("500", "reset_before", "garbage", "429", "reset_after", "502"):
        await town.post("faults", {"kind": kind, "method": "getfile", "times": 1})
    case = await reports(town, media=await pieces(town.responder, photo(1), photo(2)))
    for _ in range(12):
        await town.fetches()
        await town.passes(minutes=10)
    assert await states(town, case) == ["kept", "kept"]
    assert len(await shown(town.community_group)) == 2
    assert not await town.resident.sees("没能取到")


async def test_a_file_that_telegram_does_not_know_is_lost_after_some_tries_and_told(town: Town) -> None:
    await goes_to(town, 10)
    real, gone = await pieces(town.responder, photo(1), photo(2))
    case = await reports(town, media=[real, {**gone, "file_id": "AgACAgUAAxkB-no-such-file"}])
    await town.fetches()
    assert await states(town, case) == ["kept", "waiting"]
    for _ in range(6):
        await town.passes(minutes=10)
        await town.fetches()
    assert await states(town, case) == ["kept", "lost"]
    assert count(await town.resident.heard(), "没能取到") == 1
    assert len(await shown(town.community_group)) == 1, "what is there is shown"


async def test_a_restart_loses_no_file(tmp_path: Path, template: Path) -> None:
    async with open_town(tmp_path / "data", template) as town:
        await goes_to(town, 10)
        await town.post("faults", {"kind": "500", "method": "getfile"})
        case = await reports(town, media=await pieces(town.responder, photo(1), photo(2)))
        await town.fetches()
        async with town.session.delete("/sandbox/faults"):
            await town.restarts()
        for _ in range(4):
            await town.passes(minutes=5)
            await town.fetches()
        assert await states(town, case) == ["kept", "kept"]
        assert len(await shown(town.community_group)) == 2


async def test_a_full_disk_is_told_to_the_admins_and_nothing_is_given_up(town: Town) -> None:
    await goes_to(town, 10)
    town.app.media._floor = 1 << 60  # pyright: ignore[reportPrivateUsage]
    case = await reports(town, media=await pieces(town.responder, photo(1)))
    await town.fetches()
    await town.passes(hours=30)
    assert count(await town.admin.heard(), "磁盘快满了") in {1, 2}
    assert await states(town, case) == ["waiting"]
    town.app.media._floor = 0  # pyright: ignore[reportPrivateUsage]
    await town.passes(hours=3)
    await town.fetches()
    assert await states(town, case) == ["kept"]
