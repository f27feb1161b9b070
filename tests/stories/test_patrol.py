"""The patrol log: today's list by taps, defects that become cases, photos, notes, and who may."""

from bot.cases.case import Level
from storage import people
from tests.stories.office import goes_to
from tests.stories.steps import album, case_of, files_of, nothing_failed, picture
from tests.town import Json, Person, Town, buttons_on

CARD = "今天的巡查\u3000"


async def opens(person: Person) -> Json:
    """The card of today."""
    await person.sends("/patrol")
    return await person.message_with(CARD)


async def test_a_day_without_a_defect_is_three_taps(town: Town) -> None:
    await goes_to(town, 10)
    card = await opens(town.head)
    assert "新港小区3栋" in card["text"] and "⬜ 电梯" in card["text"] and "中心户" in card["text"]
    refused = await town.head.presses("✅ 完成")
    assert refused is not None and refused["show_alert"] and "没看的：电梯、燃气管道" in refused["text"]
    await town.head.presses("全部正常")
    said = await town.head.presses("✅ 完成")
    assert said is not None and "辛苦" in said["text"]
    shown = await town.head.message_with(CARD)
    assert shown["message_id"] == card["message_id"], "one card, edited in place"
    assert "完成了" in shown["text"] and "✅ 提醒关水关电关气　正常" in shown["text"]
    assert buttons_on(shown) == ["✏️ 改一下", "📝 写备注"]
    await town.head.sends("/patrol")
    assert "完成了" in (await town.head.message_with(CARD))["text"], "the day is kept"


async def test_a_defect_becomes_a_case_in_one_tap_with_place_words_and_photo(town: Town) -> None:
    await goes_to(town, 10)
    card = await opens(town.head)
    await town.head.presses("✅ 完成")
    await town.head.presses_data(card["message_id"], _data(card, "有问题", 3))
    await town.head.sends_any(photo=picture(10))
    assert await town.head.sees("照片记到今天的巡查里了，共 1 张")
    await town.head.presses("上报：公共水管")
    shown = await town.head.message_with(CARD)
    assert shown["message_id"] == card["message_id"] and "📷 照片 1 张" in shown["text"]
    number = shown["text"].partition("已上报 ")[2][:10]
    case = await case_of(town, number)
    assert (case.matter, case.text, case.level) == ("I02", "巡查发现公共水管有问题", Level.COMMUNITY)
    assert "新港小区3栋" in case.place
    assert len(await files_of(town, number)) == 1
    assert await town.community_group.sees(number), "it went to the community at once"
    assert await town.head.sees(number)
    assert not any("公共水管" in one for one in buttons_on(shown)), "reported is reported"
    await town.head.sends_any(photo=picture(120))
    assert len(await files_of(town, number)) == 2, "a later photo goes to the case too"
    assert await nothing_failed(town)


def _data(card: Json, words: str, at: int) -> str:
    """The callback data of the button with these words, the `at`-th of them."""
    rows: list[list[dict[str, str]]] = card["reply_markup"]["inline_keyboard"]
    return [button["callback_data"] for row in rows for button in row if words in button["text"]][at]


async def test_pressing_twice_gives_one_case_and_a_forged_press_none(town: Town) -> None:
    await goes_to(town, 10)
    card = await opens(town.head)
    bad = _data(card, "有问题", 3)
    await town.head.presses_data(card["message_id"], bad)
    report = bad.replace("bad", "case", 1)
    first, second = [await town.head.presses_data(card["message_id"], report) for _ in range(2)]
    assert first is not None and second is not None and first["text"] == second["text"]
    remind = bad.replace("water", "remind")
    await town.head.presses_data(card["message_id"], remind)
    assert not any("上报：提醒" in one for one in buttons_on(await town.head.message_with(CARD)))
    for data in (
        remind.replace("bad", "case", 1),
        bad.replace("water", "gold"),
        bad.replace("bad", "ugly"),
        "pt:bad:999999:lift",
        "pt:bad:x:lift",
        f"pt:bad:{'9' * 30}:lift",
        "pt",
        "pt:::",
        "patrol:999",
    ):
        said = await town.head.presses_data(card["message_id"], data)
        assert said is not None and said["show_alert"], data
    stranger = await town.resident.sends("/start")
    said = await town.resident.presses_data(stranger["message_id"] + 1, bad)
    assert said is not None and said["show_alert"] and "已经过去" in said["text"]


async def test_somebody_without_a_place_is_told_so_kindly(town: Town) -> None:
    await town.resident.sends("/patrol")
    assert "找管理员登记" in await town.resident.said()
    await town.resident.sends("/help")
    assert "/patrol" not in await town.resident.said()
    await town.head.sends("/help")
    assert "/patrol" in await town.head.said()
    await town.grid_member.sends("/help")
    assert "/mysheet" in await town.grid_member.said() and "/rollcall" not in await town.grid_member.said()
    await town.dispatcher.sends("/help")
    assert "/rollcall" in await town.dispatcher.said() and "/patrol" not in await town.dispatcher.said()
    await town.grid_member.inside(-5002).sends("/patrol")
    assert "私下发给我" in await town.grid_member.inside(-5002).said()


async def test_a_card_of_yesterday_is_no_longer_pressed(town: Town) -> None:
    await goes_to(town, 23, 50)
    card = await opens(town.head)
    await town.head.presses("全部正常")
    await town.passes(minutes=20)
    late = await town.head.presses("✅ 完成", message=card)
    assert late is not None and late["show_alert"] and "前些天的单子" in late["text"]
    await town.head.sends_photo("楼道灯坏了")
    assert not await town.head.sees("照片记到今天的巡查"), "a photo of the next day is a report"
    today = await opens(town.head)
    assert "⬜ 电梯" in today["text"]


async def test_a_note_is_kept_and_can_be_changed_after_the_end(town: Town) -> None:
    await goes_to(town, 10)
    await opens(town.head)
    await town.head.presses("全部正常")
    await town.head.presses("写备注")
    await town.head.sends("3楼王大爷家<没关>煤气，已提醒")
    assert "备注记下了" in await town.head.said()
    assert "3楼王大爷家<没关>煤气" in (await town.head.message_with(CARD))["text"]
    await town.head.presses("✅ 完成")
    await town.head.presses("写备注")
    await town.head.sends("都好")
    assert "备注：都好" in (await town.head.message_with(CARD))["text"]
    await town.head.sends("小区路灯不亮")
    assert "备注：都好" in (await town.head.message_with(CARD))["text"], "what comes later is a report"
    assert await town.head.sees("这是哪一类事")


async def test_a_report_that_is_being_told_keeps_its_photos(town: Town) -> None:
    await goes_to(town, 10)
    await town.head.sends("新港小区3栋楼下路灯不亮")
    await opens(town.head)
    await town.head.presses("全部正常")
    await town.head.sends_photo()
    assert not await town.head.sees("照片记到今天的巡查")
    await town.head.presses("✅ 完成")
    assert "完成了" in (await town.head.message_with(CARD))["text"]


async def test_an_album_is_answered_once(town: Town) -> None:
    await goes_to(town, 10)
    await opens(town.head)
    await town.head.presses("全部正常")
    await town.head.sends_any(album=album(30, 120))
    assert "照片 2 张" in (await town.head.message_with(CARD))["text"]
    assert sum("照片记到今天的巡查" in one for one in await town.head.heard()) == 1


async def test_the_number_of_a_defect_is_told_as_of_any_report(town: Town) -> None:
    await goes_to(town, 10)
    card = await opens(town.grid_member)
    await town.grid_member.presses_data(card["message_id"], _data(card, "有问题", 0))
    said = await town.grid_member.presses("上报：电梯")
    assert said is not None and "已上报，编号" in said["text"]
    assert await town.centre_group.sees("电梯故障")


async def test_who_has_left_and_wants_to_be_forgotten_leaves_the_log_behind(town: Town) -> None:
    await goes_to(town, 10)
    await opens(town.head)
    vault = town.app.office.seals.vault
    await town.app.at_desk(lambda desk: people.appoint(desk.tx, vault, town.head.id, "马秀兰", []))
    await town.head.sends("/forget")
    await town.head.presses("删除")
    assert await nothing_failed(town)
