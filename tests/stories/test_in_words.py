"""咨询 and 表扬: short flows without place or picture, and what becomes of them."""

from bot.cases.case import Status
from tests.stories.office import count, goes_to
from tests.stories.steps import case_of, newest_number, nothing_failed
from tests.town import Town, buttons_on

NEVER_ASKED = ("在什么地方", "有照片或视频吗", "现在还有危险吗")


async def thanks(town: Town, words: str = "新茂社区的网格员帮我妈找到了走丢的小狗，谢谢") -> str:
    """Praise from the menu; its number."""
    await town.resident.sends("🌸 表扬")
    assert "想感谢谁" in await town.resident.said()
    await town.resident.sends(words)
    await town.resident.presses("跳过")
    await town.resident.presses("✅ 提交")
    return await newest_number(town.resident)


async def test_a_thank_you_reaches_the_unit_after_a_dispatcher_has_looked(town: Town) -> None:
    await goes_to(town, 10)
    number = await thanks(town)
    assert not any([await town.resident.sees(words) for words in NEVER_ASKED])
    assert not await town.community_group.sees(number)
    card = await town.centre_group.message_with(number)
    assert "🌸 转达给新茂社区" in buttons_on(card) and "不是表扬，派单办理" in buttons_on(card)
    await town.centre_group.presses("🌸 转达给新茂社区", message=card)
    said = (await town.community_group.message_with(number))["text"]
    assert "居民送来一份感谢：" in said and "找到了走丢的小狗" in said
    assert "您的感谢已转达给新茂社区" in await town.resident.said()
    assert (await case_of(town, number)).status is Status.CLOSED
    await town.resident.sends(number)
    assert not {"没解决，要求重办", "⭐ 评价", "⏰ 催办"} & set(await town.resident.buttons())
    assert await nothing_failed(town)


async def test_a_thank_you_is_never_overdue_and_may_go_elsewhere_or_stay(town: Town) -> None:
    await goes_to(town, 10)
    number = await thanks(town)
    assert "承诺办结" not in (await town.resident.message_with(f"{number}\u3000"))["text"]
    before = len(await town.centre_group.heard())
    card = await town.centre_group.message_with(number)
    await town.passes(days=9)
    heard = (await town.centre_group.heard())[before:]
    mornings = [text for text in heard if text.startswith("☀️")]
    assert count(heard, number) - count(mornings, number) == 1, "said once to the dispatchers"
    assert count(mornings, number) > 1, "every workday it is among what waits"
    assert not any(number in line and "到期" in line for text in mornings for line in text.splitlines())
    assert not count(await town.admin.heard(), number)
    await town.centre_group.presses("转达给其他单位", message=card)
    await town.centre_group.presses("先不派")
    await town.centre_group.presses("收下，不转达")
    assert "您的感谢我们收到了" in await town.resident.said()
    assert (await case_of(town, number)).status is Status.CLOSED


async def test_what_is_no_praise_is_sent_like_any_case(town: Town) -> None:
    await goes_to(town, 10)
    number = await thanks(town, "谢谢你们又把路灯修坏了")
    await town.centre_group.presses("不是表扬，派单办理", message=await town.centre_group.message_with(number))
    await town.centre_group.presses("丁岗镇综治办")
    assert (await case_of(town, number)).status is Status.DISPATCHED


async def test_a_question_is_answered_by_the_centre_and_closed_by_the_rating(town: Town) -> None:
    await goes_to(town, 10)
    await town.resident.sends("💬 咨询")
    assert "想问什么" in await town.resident.said()
    await town.resident.sends("居住证怎么办理，要带什么材料")
    assert "请看一眼" in await town.resident.said(), "two steps: the topic was in the words"
    await town.resident.presses("✅ 提交")
    number = await newest_number(town.resident)
    assert not any([await town.resident.sees(words) for words in NEVER_ASKED])
    card = await town.centre_group.message_with(number)
    await town.centre_group.presses("💬 直接答复", message=card)
    asked = (await town.centre_group.messages())[-1]
    await town.centre_group.sends("带身份证和租房合同到社区", reply_to=asked["message_id"])
    await town.passes(minutes=1)
    assert await town.resident.sees(f"您问的 {number} 有答复了：带身份证和租房合同到社区")
    for tap in ("及时", "解决了", "5 很满意"):
        await town.resident.presses(tap)
    assert (await case_of(town, number)).status is Status.CLOSED
    assert await nothing_failed(town)


async def test_words_of_thanks_and_questions_are_understood_without_the_menu(town: Town) -> None:
    for words, matter in (
        ("请问小孩上学怎么办理报名", "问政策、问办事"),
        ("表扬社区保洁张师傅，天天把楼道扫得干净", "表扬"),
    ):
        await town.resident.sends(words)
        await town.resident.presses(matter)
        while "请看一眼" not in await town.resident.said():
            await town.resident.presses("跳过")
        assert "地点：" not in await town.resident.said()
        await town.resident.presses("✅ 提交")
    assert not any([await town.resident.sees(words) for words in NEVER_ASKED])


async def test_a_key_pressed_for_nothing_keeps_nobody_from_reporting(town: Town) -> None:
    await town.resident.sends("🌸 表扬")
    await town.resident.sends("💬 咨询")
    assert "想问什么" in await town.resident.said()
    await town.resident.sends("📣 我要反映")
    assert "请说说是什么事" in await town.resident.said()
    await town.resident.sends("新港小区3栋楼下路灯不亮")
    await town.resident.sends("🌸 表扬")
    assert "想感谢谁" not in await town.resident.said(), "what is being told goes on first"
