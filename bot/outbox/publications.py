"""The card on which dispatchers approve the result of a case, as it stands now."""

from bot.cases.case import Case
from bot.desk import publishing
from bot.desk.desk import Desk
from bot.desk.names import matter_name
from bot.outbox.buttons import Button, Keyboard, button, keyboard
from bot.texts import Texts
from storage import people, publications
from storage.publications import Publication


async def publication_card(desk: Desk, texts: Texts, case: Case) -> tuple[str, Keyboard | None] | None:
    """The newest offer of a case; None if there never was one."""
    one = await publications.of_case(desk.tx, case.id)
    if one is None:
        return None
    count = await publishing.reached(desk, one)
    words = texts.publication_card(case.number, matter_name(desk, case, texts), one.words)
    open_still = publishing.current(case, one)
    said = await _standing(desk, texts, one, count, open_still=open_still)
    rows = _buttons(texts, one, open_still=open_still)
    return f"{words}\n\n{said}", keyboard(*rows) if rows else None


async def _standing(desk: Desk, texts: Texts, one: Publication, count: int, *, open_still: bool) -> str:
    if one.state == "offered":
        return texts.publication_ask(count) if open_still else texts.publication_reopened()
    who, at = one.decided_by, one.decided_at
    if one.state == "withdrawn":
        who, at = one.withdrawn_by, one.withdrawn_at
    name = await people.name_of(desk.tx, who) if who is not None else None
    assert at is not None
    return texts.publication_stands(one.state, name, at, count)


def _buttons(texts: Texts, one: Publication, *, open_still: bool) -> list[list[Button]]:
    def key(words: str, what: str) -> Button:
        return button(words, f"pub:{one.id}:{what}:{one.version}")

    if one.state == "offered" and open_still:
        return [
            [key(texts.publication_yes(), "yes")],
            [key(texts.publication_edit(), "edit"), key(texts.publication_no(), "no")],
        ]
    return [[key(texts.publication_down(), "down")]] if one.state == "approved" else []
