"""What makes it easy at seventy: a greeting is greeted, 说不清 and 返回 everywhere, large style, one notice."""

from tests.stories.steps import case_of, comes_to_review, nothing_failed, promise_card, submits
from tests.town import Town, buttons_on


async def test_a_greeting_is_greeted_and_opens_nothing(town: Town) -> None:
    for hello in ("你好", "在吗？", "伢叔，你好！"):
        await town.resident.sends(hello)
        assert await town.resident.said() == "您好，我在呢！有什么事，直接告诉我就行。"
    assert not await town.resident.sees("是哪方面的事")
    await town.resident.sends("新港小区3栋楼下路灯不亮")
    await town.resident.presses("小区路灯不亮")
    await town.resident.presses("一盏")
    number = await submits(town.resident)
    assert "你好" not in (await case_of(town, number)).text


async def test_not_sure_is_an_answer_and_is_not_asked_again(town: Town) -> None:
    await town.resident.sends("新港小区3栋楼下路灯不亮")
    await town.resident.presses("小区路灯不亮")
    await town.resident.presses("说不清")
    await comes_to_review(town.resident)
    assert "坏了几盏？ 说不清" in await town.resident.said()
    number = await submits(town.resident)
    await town.community_group.sends("看一下")
    assert await town.community_group.sees(number)


async def test_typed_not_sure_means_the_same_also_where_an_answer_is_required(town: Town) -> None:
    await town.resident.sends("消防通道堵了，新港小区3栋")
    await town.resident.presses("消防、疏散通道堵")
    for _ in range(4):
        if "被什么堵住了" in await town.resident.said():
            break
        await town.resident.presses("没有")
    await town.resident.sends("不知道")
    assert "被什么堵住了" not in await town.resident.said()
    await comes_to_review(town.resident)
    assert "被什么堵住了？ 说不清" in await town.resident.said()


async def test_back_goes_to_the_question_before_and_to_the_matter(town: Town) -> None:
    await town.resident.sends("老板欠我们工钱")
    await town.resident.presses("欠薪、劳动纠纷")
    first = await town.resident.said()
    await town.resident.presses("就我一个")
    assert await town.resident.said() != first
    await town.resident.presses("返回")
    assert first.split("\n")[-1] in await town.resident.said()
    await town.resident.presses("2到9人")
    await town.resident.presses("返回")
    assert "不改了" in str(await town.resident.buttons()), "an answer that was given is kept"
    await town.resident.presses("不改了")
    await town.resident.presses("不报了")
    await town.resident.sends("小区路灯不亮")
    await town.resident.presses("小区路灯不亮")
    await town.resident.presses("返回")
    assert "小区路灯不亮" in await town.resident.buttons()
    await town.resident.presses("小区路灯不亮")
    await comes_to_review(town.resident)
    assert await nothing_failed(town)


async def test_every_question_with_buttons_has_a_way_back_or_out(town: Town) -> None:
    await town.resident.sends("老人独居，想请人看看")
    await town.resident.presses("独居老人走访")
    for _ in range(8):
        shown = (await town.resident.messages())[-1]
        buttons = buttons_on(shown)
        if any("提交" in one for one in buttons):
            break
        if buttons:
            assert any("返回" in one or "不报了" in one for one in buttons), buttons
            await town.resident.presses(next(one for one in buttons if one in {"跳过", "说不清"}))
        else:
            await town.resident.presses("返回") if _ == 0 else await town.resident.sends("新港小区3栋")


async def test_the_notice_is_one_line_and_the_details_are_a_tap_away(town: Town) -> None:
    await town.neighbour.sends("/start")
    await town.neighbour.presses("详细")
    assert "怎么删" in await town.neighbour.said() and "聊天号的编号" in await town.neighbour.said()
    assert "删掉我的资料" in str(await town.neighbour.buttons()), "as the words say, it is under them"
    await town.neighbour.presses("同意")
    assert "谢谢您" in await town.neighbour.said()


async def test_large_style_has_short_lines_and_a_button_a_row(town: Town) -> None:
    await town.resident.sends("/settings")
    await town.resident.presses("换成大字版")
    assert "大字版：开" in await town.resident.said()
    await town.resident.sends("新港小区3栋楼下路灯不亮")
    await town.resident.presses("小区路灯不亮")
    shown = (await town.resident.messages())[-1]
    assert all(len(row) == 1 for row in shown["reply_markup"]["inline_keyboard"])
    await town.resident.presses("一盏")
    card = await promise_card(town.resident, await submits(town.resident))
    for text in await town.resident.heard():
        assert "。您" not in text.split("大字版：开")[-1] or text in (await town.resident.heard())[:2]
    assert all(len(row) == 1 for row in card["reply_markup"]["inline_keyboard"]), "letters too"
    await town.resident.sends("/settings")
    await town.resident.presses("换回普通版")
    assert "大字版" not in await town.resident.said()
    assert await nothing_failed(town)
