"""A unit whose group reads English (LANGUAGE=en): cards, nudges, questions and refusals have no Chinese but names."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.cases.case import Case, Status
from tests.stories.office import FIRE, files, goes_to, now_is, photo, reports
from tests.stories.steps import nothing_failed
from tests.stories.test_english import chinese_in, names_of, words_of
from tests.town import Json, Person, Town, open_town

DONE = "Spoke with the neighbours, put in a new bulb, done today"
STAFF = {"李建国", "孙桂芳"}


@pytest.fixture
async def english(tmp_path: Path, template: Path) -> AsyncIterator[Town]:
    """A town whose installation speaks English."""
    async with open_town(tmp_path / "data", template, language="en") as town:
        yield town


async def card_in(who: Person, case: Case) -> Json:
    """The card of a case in a chat: the message that has its serial."""
    known = [one for one in await who.messages() if f"\n{case.number}　" in (one.get("text") or "")]
    return next(one for one in reversed(known) if "\nMessage " in one["text"])


async def presses(who: Person, case: Case, words: str) -> str:
    """Press on the card; what the alert says."""
    said = await who.presses(words, message=await card_in(who, case))
    return (said or {}).get("text") or ""


async def replies(who: Person, words: str) -> None:
    """To what the bot asked last."""
    await who.sends(words, reply_to=(await who.messages())[-1]["message_id"])


async def chinese_everywhere(town: Town, *people: Person) -> list[str]:
    """What is neither English nor a name, in these chats."""
    names = names_of(town) | STAFF
    heard = [words_of(one) for who in people for one in await who.messages() if one["from"]["is_bot"]]
    assert len(heard) > 10
    return [text for text in heard if chinese_in(text, names)]


async def test_a_unit_works_on_a_case_in_english(english: Town) -> None:
    town, group, centre = english, english.community_group, english.centre_group
    await goes_to(town, 10)
    case = await reports(town, words="Dark lamp")
    await town.passes(hours=1, minutes=2)
    sign = (await card_in(group, case))["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    stranger = await town.resident.presses_data((await town.resident.messages())[-1]["message_id"], sign)
    alerts = [stranger["text"] if stranger else "", await presses(group, case, "Take it")]
    alerts += [await presses(group, case, "There"), await presses(group, case, "Done")]
    await replies(group, "done")
    await presses(group, case, "Ask")
    await replies(group, "Which lamp?")
    await town.resident.presses("Answer", message=await town.resident.message_with("Which lamp?"))
    await town.resident.sends("The left one")
    await presses(group, case, "More")
    await presses(group, case, "Ask for more time")
    await replies(group, "We wait for a part")
    await presses(centre, case, "No more time")
    await replies(centre, "It is needed now")
    await presses(group, case, "Done")
    asked = (await group.messages())[-1]["message_id"]
    await group.sends_any(**photo(5), caption=DONE, reply_to=asked)
    assert (await now_is(town, case)).status is Status.VERIFY, await group.said(3)
    await town.grid_member.presses("Failed")
    await replies(town.grid_member, "It is still dark")
    assert (await now_is(town, case)).status is Status.REWORK
    for command in ("/orders", "/start", "/queue", "/bind", "/orders lamp", "/duty"):
        await group.sends(command)
    assert all(alerts[:3]) and not [one for one in alerts if chinese_in(one, STAFF)], alerts
    people = (group, centre, town.responder, town.leader, town.resident, town.grid_member)
    assert await chinese_everywhere(town, *people) == []
    assert await nothing_failed(town)


async def test_reminders_and_danger_are_english_too(english: Town) -> None:
    town, group = english, english.community_group
    await goes_to(town, 10)
    for n in range(5):
        await files(town, words=f"Lamp {n} is dark")
    town.app.sender.look()
    await town.settles()
    await town.passes(hours=2)
    assert "pressing: 5" in await group.said()
    await reports(town, FIRE, "Smoke on the third floor", danger=True)
    await town.passes(hours=1)
    await town.passes(days=8)
    people = (group, town.centre_group, town.leader, town.fire_brigade, town.dispatcher, town.admin, town.town_office)
    assert await chinese_everywhere(town, *people) == []
