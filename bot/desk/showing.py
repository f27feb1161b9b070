"""Cards and files: who is shown a case, and what of it. A confidential one never enters a group."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from bot.cases.case import Case, Colour, Status
from bot.desk import masking, routing
from bot.desk.desk import Desk
from bot.outbox.letters import Kind, Lane, Letter, unit
from bot.texts.language import parts, rest
from bot.texts.unit import CARD_SUMMARY, CARD_WORDS
from storage import attachments, cards, cases, conflicts, units

PICTURES = frozenset({"photo", "document"})
PLAYABLE = frozenset({"voice", "audio", "video", "video_note", "animation"})
ALBUM = 10
GATHER = timedelta(seconds=5)
"""Pictures that come one by one (an album does) are shown together, this much later."""

PART = 3000
"""UTF-16 units of words that one letter carries."""

HIDDEN = "hidden"
"""The source of files that came with what no group may read; the dispatchers alone see them."""

SUMMARY = "summary"
"""What a dispatcher heard in a sealed report, in the history."""

CARDS = frozenset({Kind.UNIT_CARD, Kind.PRIVATE_CARD, Kind.TRIAGE_CARD, Kind.PUBLICATION, Kind.SUPERVISION})


async def show_to_unit(desk: Desk, case: Case) -> None:
    """Owe the card and the files to the unit; of a secret one the group hears only that the one on duty has it.

    Where somebody is complained of, the group hears not even that.
    """
    told = await routing.at_unit(desk, case)
    for to in told:
        await _show(desk, case, to)
    if not told:
        await say_unreachable(desk, case)
    if case.colour is Colour.RED and not case.confidential:
        for to in set(await routing.on_duty(desk, case)) - set(told):
            await _show(desk, case, to)
    hinted = told and case.secret and not case.conflicted and case.unit_id is not None
    found = await units.by_id(desk.tx, case.unit_id) if hinted and case.unit_id is not None else None
    if found is not None and found.chat_id is not None:
        key = f"stub {case.id} {found.id} {case.dispatched_at}"
        desk.owe(Letter(key=key, kind=Kind.STUB, to=unit(found.id), lane=routing.lane(case)))


async def show_at_once(desk: Desk, case: Case, *, anew: bool = True) -> None:
    """Owe a case to the centre and to its unit; a red or confidential one without a unit to the likely unit's duty.

    A red or yellow one is told to the district's department too. `anew` False: in the place of cards that they have.
    """
    await show_to_centre(desk, case)
    matter = desk.office.catalogue.of(case.matter)
    if case.unit_id is not None:
        await show_to_unit(desk, case)
    await show_to_likely_duty(desk, case, anew=anew)
    for to in await routing.department_addresses(desk, case, matter):
        key = f"{Kind.COPY} {case.id} {case.colour} {to}"
        desk.owe(Letter(key=key, kind=Kind.COPY, to=to, case_id=case.id, lane=Lane.URGENT))


async def likely_duty(desk: Desk, case: Case) -> list[str]:
    """The duty people of the units that will probably get a red or confidential case that nobody has sent yet."""
    if case.unit_id is not None or not (case.colour is Colour.RED or case.confidential):
        return []
    matter = desk.office.catalogue.of(case.matter)
    found: dict[str, None] = {}
    for likely in await routing.likely_units(desk, case, matter):
        if case.colour is Colour.RED or not await conflicts.may_be_meant(desk.tx, case.id, likely.id):
            found |= dict.fromkeys(await routing.duty_of(desk, case, likely.id))
    return list(found)


async def show_to_likely_duty(desk: Desk, case: Case, *, anew: bool = True) -> None:
    """Owe the card to the duty people who will probably get the case, before anybody has sent it."""
    for to in await likely_duty(desk, case):
        await _show(desk, case, to, anew=anew)


async def _show(desk: Desk, case: Case, to: str, *, anew: bool = True) -> None:
    kind = Kind.UNIT_CARD if to.startswith("unit:") else Kind.PRIVATE_CARD
    if kind is Kind.PRIVATE_CARD and anew:
        await cards.renew(desk.tx, case.id, kind, to)
    _card(desk, case, kind, to)
    await _owe_rest(desk, case, to)
    await owe_files(desk, case, to, "report")


async def _owe_rest(desk: Desk, case: Case, to: str) -> None:
    """Owe the words that are too long for the card."""
    read = await masking.read_by(desk, case, to)
    owe_words(desk, case, to, "rest", "rest", rest(read.text, CARD_WORDS))
    more = rest(await summary_of(desk, case), CARD_SUMMARY)
    owe_words(desk, case, to, "centre", f"summary rest {len(more)}", f"…{more}" if more else "")


async def summary_of(desk: Desk, case: Case) -> str:
    """What dispatchers summed up of a sealed report's sound and film."""
    if not case.confidential:
        return ""
    return "\n".join(line.note or "" for line in await cases.history_of(desk.tx, case.id) if line.action == SUMMARY)


def owe_words(desk: Desk, case: Case, to: str, from_whom: str, name: str, words: str) -> None:
    """Owe words in as many letters as they need."""
    for at, part in enumerate(parts(words, PART)):
        key = f"{Kind.SUPPLEMENT} {case.id} {name} {at} {to}"
        facts = {"words": part, "from_whom": from_whom}
        lane = routing.lane(case)
        desk.owe(Letter(key=key, kind=Kind.SUPPLEMENT, to=to, case_id=case.id, lane=lane, facts=facts))


async def owe_said(desk: Desk, case: Case, to: str, from_whom: str, name: str, words: str) -> None:
    """Owe what a resident said, as it may be read there."""
    owe_words(desk, case, to, from_whom, name, await masking.words_for(desk, case, to, words))


def _card(desk: Desk, case: Case, kind: Kind, to: str, why: str = "") -> None:
    key = f"{kind} {case.id} {to} {case.version}{why}"
    desk.owe(Letter(key=key, kind=kind, to=to, case_id=case.id, lane=routing.lane(case)))


async def say_unreachable(desk: Desk, case: Case) -> None:
    """Nobody of the unit can be reached: the dispatchers are told, who call or send it elsewhere."""
    for to in await routing.dispatchers(desk, case):
        desk.owe(
            Letter(
                key=f"unreachable {case.id} {case.version} {to}",
                kind=Kind.NUDGE,
                to=to,
                case_id=case.id,
                lane=Lane.URGENT,
                facts={"kind": "unreachable", "for": "centre"},
                only_while=(case.status,),
            )
        )


async def show_to_centre(desk: Desk, case: Case) -> None:
    """Owe the triage card to the dispatchers; the files of what went out by itself only when asked."""
    for to in await routing.dispatchers(desk, case):
        _card(desk, case, Kind.TRIAGE_CARD, to)
        if case.status is not Status.DISPATCHED:
            await _owe_rest(desk, case, to)
            await owe_files(desk, case, to, "report")


async def tell_centre(desk: Desk, case: Case, what: str, name: str, words: str = "") -> None:
    """Owe a word to the dispatchers, as it may be read there; the card is edited where it stands.

    `name` makes it safe to owe twice.
    """
    for to in await routing.dispatchers(desk, case):
        key = f"{Kind.SUPPLEMENT} {case.id} {name} {to}"
        facts = {"words": await masking.words_for(desk, case, to, words), "from_whom": what}
        lane = routing.lane(case)
        desk.owe(Letter(key=key, kind=Kind.SUPPLEMENT, to=to, case_id=case.id, lane=lane, facts=facts))


async def refresh_cards(desk: Desk, case: Case, why: str = "") -> None:
    """Owe an edit of every card that shows this case, so that nobody reads what is no longer so."""
    for place, to in await cards.places(desk.tx, case.id):
        if place in CARDS:
            _card(desk, case, Kind(place), to, why)


async def show_again(desk: Desk, case: Case, to: str, why: str) -> None:
    """Owe the card as a new message (the old one is far up, or out of reach)."""
    kind = Kind.UNIT_CARD if to.startswith("unit:") else Kind.PRIVATE_CARD
    await cards.renew(desk.tx, case.id, kind, to)
    _card(desk, case, kind, to, f" {why}")
    read = await masking.read_by(desk, case, to)
    owe_words(desk, case, to, "rest", f"rest {why}", rest(read.text, CARD_WORDS))


async def owe_files(
    desk: Desk,
    case: Case,
    to: str,
    source: str,
    since: datetime | None = None,
    why: str = "",
    until: datetime | None = None,
) -> None:
    """Owe the files of a case to an address: pictures as albums, sound and film by themselves, each once per `why`.

    `since` and `until` bound when they came. Sound and film of a sealed report go to the dispatchers only, who sum them
    up.
    """
    files = [one for one in await _files(desk, case, source) if since is None or one.came_at >= since]
    files = [one for one in files if until is None or one.came_at <= until]
    pictures = [one.id for one in files if one.kind in PICTURES]
    for at in range(0, len(pictures), ALBUM):
        ids = pictures[at : at + ALBUM]
        _file(desk, case, to, Kind.MEDIA, f"{ids[0]}-{ids[-1]}{why}", {"ids": ids, "source": source})
    await _owe_playable(desk, case, to, files, why)


async def owe_new_files(desk: Desk, case: Case, to: str, source: str) -> None:
    """Owe the files that come just now; those that come within a few seconds make one album.

    What came with the report itself is shown with its card.
    """
    span = int(GATHER.total_seconds())
    begin = datetime.fromtimestamp(int(desk.now().timestamp()) // span * span, UTC)
    later = [one for one in await _files(desk, case, source) if one.came_at > case.registered_at]
    files = [one for one in later if one.came_at >= begin]
    count = sum(one.kind in PICTURES for one in files)
    for part in range(-(-count // ALBUM)):
        facts = {"source": source, "from": begin.isoformat(), "part": part}
        name = f"{source} {begin:%y%m%d%H%M%S} {part}"
        _file(desk, case, to, Kind.MEDIA, name, facts, begin + GATHER)
    await _owe_playable(desk, case, to, files)


async def _files(desk: Desk, case: Case, source: str) -> list[attachments.Attachment]:
    files = await desk.files_of(case.id)
    return [one for one in files if one.source == source]


async def _owe_playable(desk: Desk, case: Case, to: str, files: list[attachments.Attachment], why: str = "") -> None:
    played = [one for one in files if one.kind in PLAYABLE]
    if played and await routing.may_hear(desk, case, to):
        for one in played:
            _file(desk, case, to, Kind.FILE, f"{one.id}{why}", {"ids": [one.id], "source": one.source})


def _file(
    desk: Desk, case: Case, to: str, kind: Kind, name: str, facts: Mapping[str, object], at: datetime | None = None
) -> None:
    key = f"{kind} {case.id} {to} {name}"
    lane = routing.lane(case)
    desk.owe(Letter(key=key, kind=kind, to=to, case_id=case.id, lane=lane, facts=facts, not_before=at))
