"""A card that changes while its first message is still on its way is one message in the end."""

from bot.desk.desk import Desk
from bot.outbox.letters import Kind, Letter, unit
from storage import cards
from tests.stories.office import files
from tests.town import Town


async def test_two_changes_in_one_breath_are_one_message(town: Town) -> None:
    case = await files(town)
    town.app.sender.look()
    await town.settles()
    before = len(await town.community_group.heard())
    assert case.unit_id is not None
    to = unit(case.unit_id)

    async def owe_twice(desk: Desk) -> None:
        await cards.renew(desk.tx, case.id, Kind.UNIT_CARD, to)
        desk.owe(*(Letter(key=key, kind=Kind.UNIT_CARD, to=to, case_id=case.id) for key in ("first", "second")))

    await town.app.at_desk(owe_twice)
    town.app.sender.look()
    await town.settles()
    assert len(await town.community_group.heard()) == before + 1
