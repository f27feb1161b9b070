"""A resident who reads English: every question, button and answer of theirs is English; the unit goes on in Chinese."""

import re

from tests.stories.steps import NUMBER, nothing_failed
from tests.town import Json, Person, Town

CHINESE = re.compile("[\u4e00-\u9fff]+")
WANTED = ("Lamps, roads", "Lamp out, estate", "Inside an estate", "Just one", "They may ask me", "Skip", "No")


async def speaks_english(person: Person) -> int:
    """Choose English. Returns how many messages were there before the first English one."""
    await person.sends("/language")
    before = len(await person.messages())
    await person.presses("English")
    return before


async def comes_to_the_card(person: Person) -> None:
    """From the first words to the card, by English buttons alone."""
    for _ in range(12):
        buttons = await person.buttons()
        if any("Submit" in one for one in buttons):
            return
        if "Where is it?" in await person.said():
            await person.presses("Send my location")
        else:
            way_on = next((one for one in WANTED if any(one in words for words in buttons)), None)
            assert way_on, f"no way on: {buttons} under {await person.said()}"
            await person.presses(way_on)
    raise AssertionError(f"no card; newest: {await person.said(2)}")


def words_of(message: Json) -> str:
    """Everything that is read on a message of the bot: text, buttons, reply keys."""
    markup: Json = message.get("reply_markup") or {}
    rows: list[list[Json]] = [*markup.get("inline_keyboard", []), *markup.get("keyboard", [])]
    return "\n".join([message.get("text") or "", *(button["text"] for row in rows for button in row)])


def names_of(town: Town) -> set[str]:
    """Names of places and units stay what they are."""
    return {one["name"] for one in (*town.district.nodes, *town.district.units)} | {town.app.office.district}


def chinese_in(text: str, names: set[str]) -> list[str]:
    """Chinese that is neither a name nor the example of a place."""
    for name in sorted({*names, "新茂社区3栋楼下"}, key=len, reverse=True):
        text = text.replace(name, "")
    return CHINESE.findall(text)


async def test_a_resident_reports_in_english_from_the_first_button_to_the_number(town: Town) -> None:
    grandmother = town.resident
    await grandmother.sends("/start")
    before = await speaks_english(grandmother)
    await grandmother.presses("Report")
    await grandmother.sends("The one at the gate has been dark for three days")
    await comes_to_the_card(grandmother)
    card = await grandmother.message_with("Please look it over")
    assert "Matter: Lamp out, estate" in card["text"]
    assert "Submit privately" in card["text"]

    await grandmother.presses("Submit")
    number = NUMBER.search((await grandmother.message_with("Submitted, number"))["text"])
    assert number is not None
    assert "Sent to a unit, to be taken" in (await grandmother.message_with("Promised by"))["text"]

    await town.community_group.presses("签收")
    assert "Taken" in (await grandmother.message_with("Promised by"))["text"]
    assert "was taken by 新茂社区" in await grandmother.said()

    names = names_of(town)
    heard = [words_of(one) for one in (await grandmother.messages())[before:] if one["from"]["is_bot"]]
    assert len(heard) > 8
    assert [text for text in heard if chinese_in(text, names)] == []
    assert await nothing_failed(town)


async def test_the_group_goes_on_in_the_language_of_the_installation(town: Town) -> None:
    await speaks_english(town.resident)
    await town.resident.presses("Report")
    await town.resident.sends("Too dark to walk")
    await comes_to_the_card(town.resident)
    await town.resident.presses("Submit")
    card = await town.community_group.message_with("小区路灯不亮")
    assert "待签收" in card["text"]


async def test_a_responder_who_reads_english_hears_so_in_private(town: Town) -> None:
    await speaks_english(town.responder)
    await town.responder.sends("/help")
    assert (await town.responder.said(2)).startswith("If it is urgent, call first")
    assert "/stats Figures" in await town.responder.said()
    assert not chinese_in(await town.responder.said(), set())


async def test_a_menu_button_of_the_other_language_still_works(town: Town) -> None:
    await speaks_english(town.resident)
    await town.resident.sends("📋 我的上报")
    assert "You have not reported anything yet" in await town.resident.said()


async def test_in_danger_the_advice_and_the_numbers_come_first_in_english(town: Town) -> None:
    before = await speaks_english(town.resident)
    await town.resident.presses("Report")
    await town.resident.sends("Smoke on the third floor")
    await town.resident.presses("Danger")
    await town.resident.presses("Fire or smoke")
    await town.resident.presses("Yes, right now")
    heard = [words_of(one) for one in (await town.resident.messages())[before:] if one["from"]["is_bot"]]
    assert any("Please phone first" in text and "119" in text and "never by lift" in text for text in heard)
    assert [text for text in heard if chinese_in(text, names_of(town))] == []
