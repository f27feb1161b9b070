"""Pictures of a result: one that was there before is noticed, however it was made smaller; before and after in one."""

from io import BytesIO

from PIL import Image

from bot.cases.case import Case, Status
from bot.papers import drawing
from storage import papers
from tests.stories.office import goes_to, now_is, pieces, reports
from tests.stories.scenes import cut, file_of, scene
from tests.stories.steps import case_of, nothing_failed
from tests.town import Json, Person, Town

DONE = "与居民联系，换了灯泡，今天下午完成"


async def test_the_picture_of_the_report_proves_no_result_and_a_new_one_is_asked_for(town: Town) -> None:
    await goes_to(town, 10)
    case = await _reported(town, file_of(scene(1)))
    await _ended(town.community_group, case, file_of(scene(1), quality=35, side=500))
    await town.fetches()
    asked = await town.community_group.message_with("处置后的照片和以前的一样")
    assert case.number in asked["text"]
    assert not await town.grid_member.sees("里用过") and not await town.centre_group.sees("里用过")
    await town.community_group.sends_any(photo=file_of(scene(2)), reply_to=asked["message_id"])
    assert "新照片已补到" in await town.community_group.said()
    await town.fetches()
    await town.passes(minutes=1)
    assert (await now_is(town, case)).status is Status.VERIFY
    heard = await town.community_group.heard()
    assert sum("和以前的一样" in one for one in heard) == 1
    shown = [one for one in await town.grid_member.messages() if "photo" in one]
    assert len(shown) >= 1, "the verifier sees the new picture too"
    assert await nothing_failed(town)


async def test_a_picture_of_another_case_is_shown_to_those_who_decide_with_its_number(town: Town) -> None:
    await goes_to(town, 10)
    first = await _reported(town, file_of(scene(3)))
    await _ended(town.community_group, first, file_of(scene(4)))
    await town.fetches()
    second = await _reported(town, file_of(scene(5)), "北门路灯不亮")
    await _ended(town.community_group, second, file_of(cut(scene(4), 0.015), quality=40, side=640))
    await town.fetches()
    words = f"{second.number} 处置后的照片在 {first.number} 里用过"
    assert await town.grid_member.sees(words) and await town.centre_group.sees(words)
    assert not await town.community_group.sees("里用过") and not await town.resident.sees("里用过")
    await town.passes(days=2)
    nudge = await town.centre_group.message_with("还没核查")
    assert second.number in nudge["text"] or first.number in nudge["text"]
    assert await nothing_failed(town)


async def test_other_pictures_of_the_same_town_are_not_taken_for_one_another(town: Town) -> None:
    await goes_to(town, 10)
    for number in range(3):
        case = await _reported(town, file_of(scene(20 + number)))
        await _ended(town.community_group, case, file_of(scene(30 + number)))
    await town.fetches()
    for who in (town.grid_member, town.centre_group, town.community_group):
        assert not await who.sees("里用过") and not await who.sees("和以前的一样")


async def test_of_a_confidential_case_not_even_the_number_is_told(town: Town) -> None:
    await goes_to(town, 10)
    await _reported(town, file_of(scene(7)), sealed=True)
    await town.fetches()
    case = await _reported(town, file_of(scene(8)))
    await _ended(town.community_group, case, file_of(scene(7), quality=60))
    await town.fetches()
    assert "在另一件保密件里用过" in (await town.grid_member.message_with("里用过"))["text"]


async def test_whoever_reported_sees_before_and_after_in_one_picture(town: Town) -> None:
    await goes_to(town, 10)
    case = await _reported(town, file_of(scene(9)))
    await _ended(town.community_group, case, file_of(scene(10)))
    await town.fetches()
    await town.grid_member.presses("核查通过")
    await town.fetches()
    shown = await town.resident.message_with("处理前后对比")
    assert shown["caption"] == f"{case.number} 处理前后对比"
    assert shown["photo"][-1]["width"] > shown["photo"][-1]["height"]
    assert not await town.resident.sees("处置后的照片"), "one picture, not two messages"
    assert await nothing_failed(town)


async def test_pictures_that_come_by_night_make_no_sound(town: Town) -> None:
    await goes_to(town, 20)
    case = await _reported(town, file_of(scene(9)))
    await town.fetches()
    assert not (await town.community_group.message_with("上报人的照片"))["silent"], "in the evening it may ring"
    await _ended(town.community_group, case, file_of(scene(10)))
    await town.fetches()
    await town.passes(hours=3)
    await town.grid_member.presses("核查通过")
    await town.fetches()
    assert (await town.resident.message_with("处理前后对比"))["silent"]


async def test_without_a_picture_of_before_the_result_comes_as_it_is(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town)
    await _ended(town.community_group, case, file_of(scene(11)))
    await town.fetches()
    await town.grid_member.presses("核查通过")
    await town.fetches()
    await town.passes(minutes=1)
    assert await town.resident.sees(f"{case.number} 处置后的照片")
    assert not await town.resident.sees("处理前后对比")


async def test_a_pair_that_cannot_be_drawn_is_sent_apart(town: Town, monkeypatch: object) -> None:
    await goes_to(town, 10)
    monkeypatch.setattr(drawing, "FONTS", ())  # pyright: ignore
    case = await _reported(town, file_of(scene(12)))
    await _ended(town.community_group, case, file_of(scene(13)))
    await town.fetches()
    await town.grid_member.presses("核查通过")
    await town.fetches()
    await town.passes(minutes=1)
    assert await town.resident.sees(f"{case.number} 处置后的照片")
    async with town.app.database.read() as tx:
        assert not await papers.waiting(tx, town.app.office.seals.content, 10)


async def test_the_pair_is_drawn_from_two_pictures_of_any_shape() -> None:
    from base64 import b64encode

    def jpeg(size: tuple[int, int]) -> str:
        file = BytesIO()
        scene(1).resize(size).save(file, "JPEG")
        return b64encode(file.getvalue()).decode()

    facts = {"pictures": [jpeg((1600, 500)), jpeg((400, 1200))], "names": ["处理前", "处理后"]}
    made = await drawing.drawn(drawing.DRAWERS["pair"], facts)
    assert made is not None
    with Image.open(BytesIO(made)) as picture:
        assert picture.format == "JPEG" and picture.width <= 1500 and picture.height <= 1100


async def _reported(town: Town, file: Json, words: str = "楼下路灯不亮", sealed: bool = False) -> Case:
    case = await reports(town, words=words, media=await pieces(town.responder, {"photo": file}), sealed=sealed)
    await town.fetches()
    return case


async def _ended(group: Person, case: Case, file: Json) -> None:
    await group.presses("签收", message=await group.message_with(f"{case.number}\u3000"))
    await group.presses("办结", message=await group.message_with(f"{case.number}\u3000"))
    await group.sends_any(photo=file, caption=DONE, reply_to=(await group.messages())[-1]["message_id"])
    assert (await case_of(group.town, case.number)).status is Status.VERIFY
