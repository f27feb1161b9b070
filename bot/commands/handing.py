"""`yashu hand-over NAME`: what somebody has in hand goes to a colleague, or back to the unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bot.commands.plainly import told_plainly

if TYPE_CHECKING:
    from bot.desk.desk import Desk
    from bot.texts.console_rosters import RosterConsole


@click.command("hand-over")
@click.argument("name")
@click.option("--unit", "code", help="The code of the unit, if NAME has cases in several.")
@click.option("--to", "taker", help="The name of the colleague who takes them.")
@click.option("--back", is_flag=True, help="Back to the unit: it signs for them anew.")
def hand_over(name: str, code: str | None, taker: str | None, back: bool) -> None:
    """Hand over all open cases of NAME, who leaves, to a colleague of the unit or back to it; both are told."""
    if back == bool(taker):
        raise click.UsageError("--to NAME | --back")
    with told_plainly():
        from bot.commands.at_desk import at_a_desk
        from bot.config import read_settings
        from bot.texts.console_rosters import RosterConsole

        settings = read_settings()
        texts = RosterConsole(settings.language)
        count = at_a_desk(settings, lambda desk: _work(desk, texts, name, code, taker))
        click.echo(texts.handed(name, count))


async def _work(desk: Desk, texts: RosterConsole, name: str, code: str | None, taker: str | None) -> int:
    from bot.cases.errors import Broken
    from bot.desk import handing
    from storage import handing as stored
    from storage import units

    unit = await units.by_code(desk.tx, code) if code else None
    if code and unit is None:
        raise Broken(texts.no_unit(code))
    held = await stored.holders(desk.tx, desk.now(), {unit.id} if unit else None)
    found = [one for one in held if one.name == name]
    if len(found) != 1:
        raise Broken(texts.several(name, [one.unit for one in found]) if found else texts.nothing_in_hand(name))
    one = found[0]
    giver = handing.Giver(one.person_id, one.unit_id, name, one.unit, one.count, one.left)
    others = await handing.colleagues(desk, one.unit_id, one.person_id)
    to_id = next((who for who, called in others if called == taker), None)
    if taker and to_id is None:
        raise Broken(texts.no_colleague(taker, one.unit))
    return await handing.give(desk, giver, to_id)
