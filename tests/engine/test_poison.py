"""Two hundred malformed updates among a hundred good ones."""

from random import Random

import pytest

from bot.intake.worker import WAITS
from bot.lab.chaos_poison import WORDS, malformed
from tests.engine.office import BOT_ID, ask
from tests.town import Town

DICE = Random(18)


async def test_no_good_update_is_lost_and_nothing_of_the_bad_ones_gets_into_the_logs(
    town: Town, capsys: pytest.CaptureFixture[str]
) -> None:
    people = [town.resident, town.neighbour, town.whistleblower, town.responder]
    before = [len(await person.heard()) for person in people]
    [(kept_before,)] = ask(town, "select count(*) from inbox")
    order = DICE.sample(range(300), 300)
    for number in order:
        if number < 200:
            await town.post("raw_update", {"bot": BOT_ID, "update": malformed(number, 1001)})
        else:
            await town.post(f"people/{people[number % 4].id}/send", {"chat": BOT_ID, "text": "/help"})
    for _ in WAITS:
        await town.settles()
        await town.passes(minutes=3)
    helped = [
        sum("怎么" in text or "/help" in text or "打字" in text for text in (await person.heard())[seen:])
        for person, seen in zip(people, before, strict=True)
    ]
    assert sum(count >= 25 for count in helped) == len(people), helped
    alarms = [text for text in await town.admin.heard() if "死信" in text]
    assert 1 <= len(alarms) <= 2
    assert ask(town, "select count(*) from inbox where state = 'new'") == [(0,)]
    assert ask(town, "select count(*) from inbox") == [(kept_before + 300,)], "each is kept, alike or not"
    assert ask(town, "select count(*) > 100 from inbox where state = 'dead'") == [(1,)]
    assert ask(town, "select distinct trouble, attempts from inbox where state = 'dead'") == [("Unreadable", 1)]
    assert WORDS not in "".join(capsys.readouterr())
