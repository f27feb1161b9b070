"""`yashu people invitations | cards | poster`: what is printed, one PDF each."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands.people import OUT, ending, people
from bot.commands.plainly import told_plainly

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.commands.printing import Card
    from bot.config import Settings
    from bot.desk.desk import Desk
    from bot.desk.inviting import Printed
    from bot.texts import Texts
    from bot.texts.console_people import PeopleTexts
    from storage.grid import Node
    from storage.members import Member, Post
    from storage.units import Unit

PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,60}")
"""What a deep link takes behind its first two signs."""

PERSON = tuple["Member", "Post"]


def printed(what: Callable[..., None]) -> Callable[..., None]:
    """The options that everything printed has."""
    for option in (
        click.option("--bot", "name", help="The bot's name without @. Without it Telegram is asked."),
        click.option("--out", type=OUT, callback=ending(".pdf"), required=True, help="The PDF to write."),
    ):
        what = option(what)
    return what


AT_PLACE = click.option("--node", required=True, help="Code of the place; everything below it belongs to it.")


@people.command()
@click.option("--role", required=True, help="grid_member, responder ... or in Chinese; not dispatcher or admin.")
@click.option("--node", help="Code of the place, for a role of the grid; everything below it belongs to it.")
@click.option("--unit", help="Code of the unit, for responders.")
@click.option(
    "--blank", type=click.IntRange(1), help="So many cards without a name instead, for this very place or unit."
)
@printed
def invitations(role: str, node: str | None, unit: str | None, out: Path, name: str | None, blank: int | None) -> None:
    """Cards to cut out that invite everybody of ROLE there who has not come in: one use, 30 days, then approved.

    Links that were given out before for the same people work no more.
    """
    with told_plainly():
        from bot.cases.inviting import may_be_printed
        from bot.cases.register import OF_PLACE, role_of
        from bot.commands.at_desk import at_a_desk
        from bot.commands.printing import sheet

        settings, texts, said = _languages()
        known = role_of(role)
        if known is None or not may_be_printed(known):
            raise _broken(texts.not_printed(role))
        of_place = known in OF_PLACE
        if (node is not None, unit is not None) != (of_place, not of_place):
            raise _broken(texts.where_printed(role, of_place=of_place))
        name = name or _ask_name(settings, texts)
        place, found = at_a_desk(settings, lambda desk: _print(desk, texts, node, unit, known, blank))
        cards = [_invitation(said, one, name) for one in found]
        with click.progressbar(length=len(cards), label=texts.drawing(), file=sys.stderr) as bar:
            content = sheet(cards, lambda at, of: said.paper_cut(said.role(known), place, at, of), bar.update)
        _write(texts, out, content, len(cards))


async def _print(
    desk: Desk, texts: PeopleTexts, node: str | None, unit: str | None, role: str, blank: int | None
) -> tuple[str, list[Printed]]:
    from bot.cases.inviting import MOST_AT_ONCE
    from bot.desk.inviting import print_blank, print_for

    where = await _place(desk, texts, node) if node is not None else await _unit(desk, texts, unit or "")
    if blank is not None:
        if blank > MOST_AT_ONCE:
            raise _broken(texts.too_many(MOST_AT_ONCE))
        return where.name, await print_blank(desk, where, role, blank)
    found = await _invited(desk, where, role, MOST_AT_ONCE + 1)
    if not found or len(found) > MOST_AT_ONCE:
        raise _broken(texts.nobody_to_invite() if not found else texts.too_many(MOST_AT_ONCE))
    return where.name, await print_for(desk, found, lambda _count: None)


async def _invited(desk: Desk, where: Node | Unit, role: str, most: int) -> list[PERSON]:
    from storage import members
    from storage.units import Unit

    if isinstance(where, Unit):
        return await members.for_unit(desk.tx, where.id, {role}, {"invited"}, desk.now(), most)
    return await _people(desk, where, {role}, {"invited"}, most)


async def _unit(desk: Desk, texts: PeopleTexts, code: str) -> Unit:
    from storage import units

    unit = await units.by_code(desk.tx, code)
    if unit is None:
        raise _broken(texts.no_unit(code))
    return unit


def _invitation(said: Texts, one: Printed, name: str) -> Card:
    from bot.cases.inviting import opens_chat
    from bot.commands.printing import Card

    link = opens_chat(name, one.token)
    small = (said.paper_invitation_how(), said.paper_once())
    return Card(said.paper_invitation(), one.name or said.paper_name(), (said.role(one.role), one.place), small, link)


@people.command()
@AT_PLACE
@printed
def cards(node: str, out: Path, name: str | None) -> None:
    """Contact cards of those responsible at NODE and below: name, place, hours, telephone only of who agreed, code."""
    with told_plainly():
        from bot.commands.at_desk import at_a_desk
        from bot.commands.printing import sheet

        settings, texts, said = _languages()
        name = name or _ask_name(settings, texts)
        place, found = at_a_desk(settings, lambda desk: _cards(desk, texts, said, node, name))
        with click.progressbar(length=len(found), label=texts.drawing(), file=sys.stderr) as bar:
            content = sheet(found, lambda at, of: said.paper_cut("", place, at, of), bar.update)
        _write(texts, out, content, len(found))


async def _cards(desk: Desk, texts: PeopleTexts, said: Texts, code: str, name: str) -> tuple[str, list[Card]]:
    from bot.cases.inviting import MOST_AT_ONCE
    from bot.cases.register import OF_PLACE
    from bot.commands.printing import Card
    from bot.desk.inviting import place_of
    from storage import members

    place = await _place(desk, texts, code)
    found = await _people(desk, place, OF_PLACE - {"whistleblower"}, {"invited", "active"}, MOST_AT_ONCE)
    if not found:
        raise _broken(texts.nobody_there())
    made: list[Card] = []
    for at in range(0, len(found), members.AT_ONCE):
        page = found[at : at + members.AT_ONCE]
        phones = await members.phones_of(desk.tx, desk.office.seals.vault, [one.id for one, _ in page])
        for one, post in page:
            lines = [await place_of(desk, post), *_how(said, one, phones.get(one.id))]
            link = _link(texts, name, post.node_code or code)
            made.append(
                Card(
                    said.paper_your(said.role(post.role)), one.name, lines, (said.paper_scan(), said.paper_ways()), link
                )
            )
    return place.name, made


def _how(said: Texts, one: Member, phone: str | None) -> list[str]:
    hours = [said.paper_hours(one.hours)] if one.hours else []
    return [*hours, *([said.paper_phone(phone)] if phone else [])]


@people.command()
@AT_PLACE
@printed
def poster(node: str, out: Path, name: str | None) -> None:
    """An A4 poster for NODE: its code for a telephone, how it works, and who is responsible there."""
    with told_plainly():
        from bot.commands import printing
        from bot.commands.at_desk import at_a_desk

        settings, texts, said = _languages()
        name = name or _ask_name(settings, texts)
        link = _link(texts, name, node)
        place, found = at_a_desk(settings, lambda desk: _poster(desk, texts, said, node))
        _write(texts, out, printing.poster(said, place, found, link), 1)


async def _poster(desk: Desk, texts: PeopleTexts, said: Texts, code: str) -> tuple[str, Sequence[tuple[str, str]]]:
    from bot.cases.register import OF_PLACE
    from storage import members

    place = await _place(desk, texts, code)
    found = await _people(desk, place, OF_PLACE - {"whistleblower"}, {"invited", "active"}, members.AT_ONCE)
    here = [(one, post) for one, post in found if post.node_id == place.id]
    phones = await members.phones_of(desk.tx, desk.office.seals.vault, [one.id for one, _ in here])
    path = await desk.office.places.path(desk.tx, place.id)
    return "".join(one.name for one in path[2:]) or place.name, [
        (said.post(post.role, one.name), "　".join(_how(said, one, phones.get(one.id)))) for one, post in here
    ]


async def _place(desk: Desk, texts: PeopleTexts, code: str) -> Node:
    from storage import grid

    place = await grid.by_code(desk.tx, code)
    if place is None or await grid.by_id(desk.tx, place.id) is None:
        raise _broken(texts.no_place(code))
    return place


async def _people(
    desk: Desk, place: Node, roles: set[str] | frozenset[str], states: set[str], most: int
) -> list[PERSON]:
    from storage import members

    return await members.for_places(desk.tx, place.path, roles, states, desk.now(), most)


def _languages() -> tuple[Settings, PeopleTexts, Texts]:
    from bot.config import read_settings
    from bot.texts import texts_in
    from bot.texts.console_people import PeopleTexts

    settings = read_settings()
    return settings, PeopleTexts(settings.language), texts_in(settings.language)


def _link(texts: PeopleTexts, name: str, code: str) -> str:
    from bot.cases.inviting import opens_chat

    if not PAYLOAD.fullmatch(code):
        raise _broken(texts.no_link(code))
    return opens_chat(name, f"g_{code}")


def _ask_name(settings: Settings, texts: PeopleTexts) -> str:
    from bot.commands.at_desk import name_of_bot

    name = name_of_bot(settings)
    if not name:
        raise _broken(texts.no_name())
    return name


def _write(texts: PeopleTexts, out: Path, content: bytes, count: int) -> None:
    from bot.commands.sheets import write_private

    write_private(out, content)
    click.echo(texts.printed(count, out))


def _broken(words: str) -> Exception:
    from bot.cases.errors import Broken

    return Broken(words)
