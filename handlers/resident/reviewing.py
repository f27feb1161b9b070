"""The card before submitting, and the list of what can be changed on it."""

from datetime import datetime

from bot.cases.case import Contact, Source, Visibility
from bot.cases.catalogue import Catalogue
from bot.cases.draft import UNCLEAR, Ask, Draft
from bot.cases.flow import offered_questions, settled
from bot.cases.matter import Matter, Route
from bot.texts import Texts
from handlers.resident.keyboards import Choice, in_rows, inline
from handlers.resident.saying import Question
from handlers.resident.signs import data


def review(draft: Draft, matter: Matter | None, catalogue: Catalogue, texts: Texts) -> Question:
    """Everything said, to be read once; submit, join what is open nearby, change, add, or drop it."""
    lines = [
        *_of_others(draft, texts),
        (texts.label_matter(), texts.matter_name(matter) if matter else texts.matter_by_staff()),
        (texts.label_words(), draft.text),
        (texts.label_place(), _place(draft, texts)),
        (texts.label_danger(), texts.yes() if draft.danger else ""),
    ]
    known = settled(draft, matter) if matter else {}
    answers = [
        (texts.question_short(one), texts.answer_words(one, known[one.key]))
        for one in (matter.questions if matter else ())
        if one.key in known
    ]
    likely = [catalogue.matters[code] for code in draft.guesses if code in catalogue.matters and matter is None]
    keys = inline(
        [(texts.submit(), data(draft, "submit"))],
        [(texts.settle(), data(draft, "spot"))] if draft.settles else [],
        [(texts.submit_sealed(), data(draft, "seal"))] if _may_seal(draft, matter) else [],
        *([(words, data(draft, "join", case))] for words, case in _near(draft, catalogue, texts)),
        *([(texts.is_about(texts.matter_name(one)), data(draft, "m", one.code))] for one in likely),
        [(texts.change(), data(draft, "change")), (texts.add_photo(), data(draft, "edit", Ask.PHOTO))],
        [(texts.behalf(), data(draft, "for")), (texts.wish(), data(draft, "wish"))]
        if _asks_back(draft, matter)
        else [],
        [(texts.cancel(), data(draft, "cancel"))],
    )
    card = texts.review([one for one in lines if one[1]], answers, len(draft.media), _contact(draft, matter, texts))
    return f"{card}\n\n{texts.near()}" if draft.near else card, keys


def _of_others(draft: Draft, texts: Texts) -> list[tuple[str, str]]:
    """Where it comes from and whom it is for; only whoever writes it reads that."""
    due = datetime.fromisoformat(draft.order_due) if draft.order_due else None
    source = texts.source(Source(draft.source)) if draft.source else ""
    label = texts.label_caller() if draft.source else texts.label_behalf()
    return [
        (texts.label_source(), " ".join(part for part in (source, draft.order_number) if part)),
        (texts.label_due(), texts.moment(due) if due else ""),
        (label, draft.who or (texts.somebody() if draft.on_behalf else "")),
    ]


def _place(draft: Draft, texts: Texts) -> str:
    unclear = texts.place_unclear() if UNCLEAR in draft.skipped else ""
    return draft.place_said or (texts.on_location() if draft.latitude is not None else unclear)


def _asks_back(draft: Draft, matter: Matter | None) -> bool:
    """Whether it can be for another, and they may be asked: not a record, nor what nobody asks about."""
    return not draft.source and (matter is None or (matter.asks_details and matter.route is not Route.THANKS))


def _near(draft: Draft, catalogue: Catalogue, texts: Texts) -> list[tuple[str, str]]:
    """A button for each open case nearby, and its case."""
    return [
        (texts.near_one(texts.matter_name(matter), one["metres"], one["hours"]), str(one["case"]))
        for one in draft.near
        if (matter := catalogue.matters.get(one["matter"]))
    ]


def _may_seal(draft: Draft, matter: Matter | None) -> bool:
    """Whether secrecy is still to be chosen."""
    sealed_or_thanks = matter and (matter.visibility is Visibility.CONFIDENTIAL or matter.route is Route.THANKS)
    return draft.sealed is None and not sealed_or_thanks


def _contact(draft: Draft, matter: Matter | None, texts: Texts) -> str:
    if matter is not None and matter.visibility is Visibility.CONFIDENTIAL:
        return texts.contact_is_sealed()
    if draft.source or (matter and matter.route is Route.THANKS):
        return ""
    if draft.contact:
        wished = texts.wished(Contact(draft.contact))
        return texts.both(texts.contact_is_sealed(), wished) if draft.sealed else wished
    if draft.sealed is None:
        return texts.contact_by_default()
    return texts.contact_is_sealed() if draft.sealed else texts.contact_is_open()


def changes(draft: Draft, matter: Matter | None, texts: Texts) -> Question:
    """Every line of the card as a button, and what was not asked yet. Without details only what was said of itself."""
    asks = matter is None or matter.asks_details
    fields: list[Choice] = [(texts.label_matter(), data(draft, "all"))]
    if asks or draft.words:
        fields.append((texts.label_words(), data(draft, "edit", Ask.WORDS)))
    if asks or draft.has_place:
        fields.append((texts.label_place(), data(draft, "edit", Ask.WHERE)))
    if asks:
        fields.append((texts.label_danger(), data(draft, "edit", Ask.DANGER)))
        fields.append((texts.label_contact(), data(draft, "edit", Ask.CONTACT)))
    own = [
        [(texts.question_short(one), data(draft, "again", one.key))]
        for one in (offered_questions(draft, matter) if matter and asks else ())
    ]
    if draft.media:
        fields.append((texts.label_files(), data(draft, "files")))
    return texts.change_what(), inline(*in_rows(fields, 2), *own, [(texts.back(), data(draft, "review"))])


def files(draft: Draft, texts: Texts) -> Question:
    """More files, or none of those that are there."""
    more = [(texts.add_photo(), data(draft, "edit", Ask.PHOTO))]
    none = [(texts.drop_files(len(draft.media)), data(draft, "nofiles"))]
    return texts.what_about_files(), inline(more, none, [(texts.back(), data(draft, "change"))])
