"""What is asked next of a report. Only what is missing is asked, little of it, and nothing that was said already."""

from bot.cases.answering import NOBODY, UNKNOWN
from bot.cases.case import FROM_ABOVE, Contact, Source
from bot.cases.crying import danger_possible
from bot.cases.draft import Ask, Draft
from bot.cases.matter import FILES, IN_WORDS, Matter, Question, QuestionKind
from bot.cases.question_file import JOIN, MOST_ASKED
from bot.cases.secrecy import CRIMES


def may_be_unknown(question: Question) -> bool:
    """Whether 说不清 is an answer: not to what tells matters apart, nor where a button of its own says it."""
    own = question.kind in {QuestionKind.PERSON, QuestionKind.PHONE, QuestionKind.LOCATION, *FILES}
    return not (own or (question.required and question.becomes) or any(one in NOBODY for one in question.choices))


def fits(question: Question, value: str) -> bool:
    """Whether an answer is one to this question: of another matter's with the same key it may not be."""
    if value == UNKNOWN:
        return question.kind is QuestionKind.PERSON or may_be_unknown(question)
    if question.kind in {QuestionKind.YES_NO, QuestionKind.CHOICE}:
        return value in question.answers
    if question.kind is QuestionKind.SEVERAL:
        return all(part in question.choices for part in value.split(JOIN))
    return True


def settled(draft: Draft, matter: Matter) -> dict[str, str]:
    """The answers to the questions of this matter, the half finished ones as far as they came."""
    known: dict[str, str] = {}
    for question in matter.questions:
        value = draft.partial.get(question.key) or draft.answers.get(question.key, "")
        if value and fits(question, value) and holds(question, known):
            known[question.key] = value
    return known


def holds(question: Question, known: dict[str, str]) -> bool:
    """Whether the earlier answer on which a question hangs was given."""
    if question.only_if is None:
        return True
    key, answer = question.only_if
    return answer in known.get(key, "").split(JOIN)


def offered_questions(draft: Draft, matter: Matter) -> list[Question]:
    """The questions whose condition holds: all of them can be answered from the review card."""
    known = settled(draft, matter)
    return [question for question in matter.questions if holds(question, known)]


def open_question(draft: Draft, matter: Matter) -> Question | None:
    """The question to ask: the one that is wanted anew, else the next that is neither answered nor skipped.

    Three are asked at most, those that must be first of all; a file that is asked for takes the place of the request
    for a photo and does not count.
    """
    offered = offered_questions(draft, matter)
    if wanted := next((one for one in offered if one.key == draft.wanted), None):
        return wanted
    missing = [question for question in offered if is_missing(draft, question)]
    room = MOST_ASKED - len(draft.asked)
    must = sum(question.required for question in missing if question.key not in draft.asked)
    for question in missing:
        free = question.required or question.key in draft.asked or question.kind in FILES
        if free or room > must:
            return question
    return None


def is_missing(draft: Draft, question: Question) -> bool:
    """Whether a question still has to be asked."""
    answered = question.key in draft.answers and fits(question, draft.answers[question.key])
    if answered or f"q:{question.key}" in draft.skipped or question.later:
        return False
    return not (draft.has_file(question.kind) or (question.without_picture and draft.has_picture))


def offers_secrecy(draft: Draft, matter: Matter) -> bool:
    """Whether an answer tells that the reporter risks something: an insider of the firm."""
    known = settled(draft, matter)
    return any(known.get(question.key) in question.seals for question in matter.questions if question.seals)


def wants_photo(draft: Draft, matter: Matter) -> bool:
    """Whether a picture is asked for: nobody takes pictures in danger, and a question of the matter may ask itself."""
    return asks_for_photo(matter) and not (draft.has_picture or draft.danger)


def asks_for_photo(matter: Matter) -> bool:
    """Whether reports of this matter are asked for a photo, and no question of its own asks for one."""
    own = any(question.kind in {QuestionKind.PHOTO, QuestionKind.VIDEO} for question in matter.questions)
    return matter.asks_photo and matter.route not in IN_WORDS and not own


def _place_wanted(draft: Draft) -> Ask | None:
    """What is asked about where it is: whether it was understood, else where; None where that is known or left."""
    if draft.maybe and Ask.HERE not in draft.skipped:
        return Ask.HERE
    return None if draft.has_place or Ask.WHERE in draft.skipped else Ask.WHERE


def ask_about_voice(draft: Draft) -> Ask:
    """A voice and a place are a whole report, as is one of whoever cannot say what it is about: the dispatchers can."""
    return _place_wanted(draft) or Ask.REVIEW


def where_help_goes(draft: Draft) -> Ask | None:
    """In danger nothing is asked before the place, neither what it is nor any detail: help must find it.

    Of a crime nothing is asked at all: who tells of it may be near, and the number to call comes first.
    """
    crime = (draft.heard_matter or "").startswith(CRIMES)
    alone = not draft.danger or draft.empty or draft.source or crime
    return None if alone else _place_wanted(draft)


def next_ask(draft: Draft, matter: Matter | None) -> Ask:
    """What to ask now; REVIEW when nothing is missing. Details of some matters are never asked for.

    A question that is only answered (咨询) and praise (表扬) need neither place nor picture. Secrecy is offered on the
    review card, and asked about only where an answer tells that it matters.
    """
    if (first := _of_record(draft)) is not None:
        return first
    if matter is None:
        if draft.source and draft.empty:
            return Ask.WORDS
        if draft.unheard and not draft.source and Ask.DANGER not in draft.skipped:
            return Ask.DANGER
        if (first := where_help_goes(draft)) is not None:
            return first
        left = Ask.MATTER in draft.skipped or draft.has_file(QuestionKind.VOICE)
        return ask_about_voice(draft) if left else Ask.MATTER
    if not matter.asks_details:
        return Ask.REVIEW
    on_site = matter.route not in IN_WORDS
    if on_site and (first := where_help_goes(draft)) is not None:
        return first
    missing = {
        Ask.DANGER: draft.danger is None and danger_possible(matter),
        Ask.WORDS: not draft.has_words,
        Ask.QUESTION: open_question(draft, matter) is not None,
        Ask.HERE: on_site and bool(draft.maybe),
        Ask.WHERE: on_site and not draft.has_place,
        Ask.PHOTO: wants_photo(draft, matter),
        Ask.CONTACT: draft.sealed is None and offers_secrecy(draft, matter),
        Ask.BEHALF: draft.on_behalf and not draft.who,
        Ask.NUMBER: draft.contact == Contact.CALL and not draft.phone,
    }
    return next((ask for ask, needed in missing.items() if needed and ask not in draft.skipped), Ask.REVIEW)


def _of_record(draft: Draft) -> Ask | None:
    """What is asked first of whoever records: the number of an order, until when, and who called."""
    if draft.source == Source.HOTLINE and not draft.order_number:
        return Ask.ORDER
    if draft.source in FROM_ABOVE and not draft.order_due and Ask.ORDER not in draft.skipped:
        return Ask.ORDER
    return Ask.CALLER if draft.source and not draft.who and Ask.CALLER not in draft.skipped else None
