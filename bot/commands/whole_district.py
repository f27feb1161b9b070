"""The whole district of the demo: invented into its folder, entered as a real one is, and its people come in."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pathlib import Path

    from bot.config import Settings
    from bot.demo import District
    from bot.demo_town import Scene
    from bot.desk.desk import Desk
    from bot.texts.console import RunTexts

READY = "ready"


def prepared(folder: Path, texts: RunTexts, size: str = "full") -> Scene:
    """What is played in the folder. The first time it takes a while, and tells how far it is; then nothing is done."""
    import orjson

    from bot import demo
    from bot.demo_district.files import MAP, cast, everybody, invent, points, write, write_map
    from bot.demo_district.staff import FIRST_STRANGER
    from bot.demo_town import Scene, settings_for

    files, ready = folder / "district", folder / "district" / READY
    settings = settings_for(folder, "http://127.0.0.1:1")
    if not ready.exists():
        _say(texts.inventing())
        invented = invent(size=size)
        write(invented, files)
        write_map(invented, files)
    district = demo.at_home(cast(), points(files))
    if not ready.exists():
        _enter(settings, files, texts, district)
        ready.touch()
    crowd = {number: name for number, name in everybody(files).items() if number >= FIRST_STRANGER}
    return Scene(district, crowd, orjson.loads((files / MAP).read_bytes()))


def _enter(settings: Settings, files: Path, texts: RunTexts, district: District) -> None:
    from bot import demo
    from bot.commands import grid, people, units
    from bot.commands.at_desk import at_a_desk
    from bot.demo_district.files import BOUNDARIES, GRID, PEOPLE, UNITS, everybody
    from bot.demo_district.staff import PHONE
    from bot.texts.console_grid import GridTexts
    from bot.texts.console_people import PeopleTexts

    grid.bring_in(settings, GridTexts(settings.language), [files / GRID, files / BOUNDARIES], apply=True)
    units.bring_in(settings, GridTexts(settings.language), files / UNITS, apply=True)
    people.bring_in(settings, PeopleTexts(settings.language), files / PEOPLE, apply=True)
    _say(texts.coming_in())

    async def come_in(desk: Desk) -> None:
        await demo.bind_groups(desk, district)
        await demo.all_come_in(desk, {PHONE.format(number): number for number in everybody(files)})

    at_a_desk(settings, come_in)


def _say(words: str) -> None:
    click.echo(words, err=True)
    sys.stderr.flush()
