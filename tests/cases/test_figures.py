"""What is counted of the history of a case."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.cases.case import Case
from bot.cases.figures import Figures, Line, Visit, counts, part, rounds_before, span_of
from tests.cases.people import a_case

MONDAY = datetime(2026, 11, 23, 1, tzinfo=UTC)
IN_TIME = timedelta(hours=24)


def line(number: int, action: str, before: str | None, after: str | None, *, hours: float = 0, unit: int = 7) -> Line:
    """A line so many hours after Monday morning."""
    return Line(number, MONDAY + timedelta(hours=hours), action, before, after, unit)


def summed(
    case: Case, lines: list[Line], rating: tuple[str | None, int | None] | None = None, visit: Visit | None = None
) -> Counter[str]:
    """All that these lines count together."""
    found: Counter[str] = Counter()
    for at in range(len(lines)):
        for one in counts(case, lines, at, lambda sent: sent + IN_TIME, lambda _: rating, visit):
            found[one.what] += one.many
    return Counter({what: many for what, many in found.items() if many})


FILED = line(1, "submit", "draft", "registered")
SENT = line(2, "dispatch", "registered", "dispatched")


def test_a_case_that_goes_well_counts_everywhere_once() -> None:
    lines = [
        FILED,
        SENT,
        line(3, "accept", "dispatched", "accepted", hours=1),
        line(4, "contact", "accepted", "handling", hours=2),
        line(5, "progress", "handling", "handling", hours=3),
        line(6, "resolve", "handling", "verify", hours=4),
        line(7, "confirm", "verify", "feedback", hours=5),
        line(8, "rate", "feedback", "closed", hours=6),
        line(9, "archive", "closed", "archived", hours=900),
    ]
    once = (
        "filed",
        "sent",
        "first_sent",
        "contact_due",
        "contacted",
        "resolved",
        "in_time",
        "closed",
        "rated",
        "satisfied",
    )
    found = summed(a_case(due_at=MONDAY + timedelta(hours=4)), lines, ("yes", 4))
    assert found == Counter({**dict.fromkeys(once, 1), "solved_halves": 2})


def test_what_came_late_counts_as_late() -> None:
    lines = [
        FILED,
        SENT,
        line(3, "contact", "accepted", "handling", hours=25),
        line(4, "resolve", "handling", "verify", hours=30),
    ]
    found = summed(a_case(due_at=MONDAY + timedelta(hours=29)), lines)
    assert (found["contact_due"], found["contacted"], found["resolved"], found["in_time"]) == (1, 0, 1, 0)


def test_first_contact_counts_on_the_day_it_is_due() -> None:
    due = [one for one in counts(a_case(), [FILED, SENT], 1, lambda sent: sent + IN_TIME, lambda _: None) if one.many]
    assert {(one.what, one.day) for one in due} == {
        ("sent", date(2026, 11, 23)),
        ("first_sent", date(2026, 11, 23)),
        ("contact_due", date(2026, 11, 24)),
    }


@pytest.mark.parametrize(
    "gone",
    [
        line(3, "return", "dispatched", "return_review", hours=1),
        line(3, "withdraw", "accepted", "withdrawn", hours=1),
        line(3, "merge", "triage", "merged", hours=1),
    ],
    ids=lambda one: one.action,
)
def test_nobody_is_late_for_what_was_called_off(gone: Line) -> None:
    assert summed(a_case(), [FILED, SENT, gone])["contact_due"] == 0


def test_sent_elsewhere_only_the_new_unit_owes_contact() -> None:
    lines = [FILED, SENT, line(3, "reassign", "dispatched", "dispatched", hours=1, unit=8)]
    owed: Counter[int | None] = Counter()
    for at in range(3):
        for one in counts(a_case(), lines, at, lambda sent: sent + IN_TIME, lambda _: None):
            owed[one.unit_id] += one.many if one.what == "contact_due" else 0
    assert owed[7] == 0
    assert owed[8] == 1
    assert summed(a_case(), lines)["sent"] == 2


def test_returned_and_insisted_counts_the_second_sending() -> None:
    lines = [
        FILED,
        SENT,
        line(3, "return", "dispatched", "return_review", hours=1),
        line(4, "insist", "return_review", "dispatched", hours=2),
        line(5, "contact", "accepted", "handling", hours=3),
    ]
    found = summed(a_case(), lines)
    assert (found["returned"], found["sent"], found["contact_due"], found["contacted"]) == (1, 2, 1, 1)


def test_a_case_that_is_reopened_is_rated_round_by_round() -> None:
    lines = [
        FILED,
        line(2, "rate", "feedback", "closed"),
        line(3, "redo", "closed", "redo"),
        line(4, "rate", "feedback", "closed"),
    ]
    assert [rounds_before(lines, at) for at in (1, 3)] == [0, 1]
    assert summed(a_case(), lines)["reopened"] == 1


def test_a_late_rating_of_a_closed_case_closes_nothing_again() -> None:
    found = summed(a_case(), [line(1, "rate", "closed", "closed")], ("part", 3))
    assert found == Counter({"rated": 1, "solved_halves": 1})


def test_periods_begin_where_people_expect() -> None:
    today = date(2026, 11, 25)
    assert span_of("week", today) == (date(2026, 11, 23), today)
    assert span_of("month", today) == (date(2026, 11, 1), today)
    assert span_of("quarter", today) == (date(2026, 10, 1), today)
    assert span_of("quarter", date(2026, 3, 31))[0] == date(2026, 1, 1)
    assert span_of("year", today) == (date(2026, 1, 1), today)
    assert span_of("last_month", today) == (date(2026, 10, 1), date(2026, 10, 31))
    assert span_of("last_quarter", today) == (date(2026, 7, 1), date(2026, 9, 30))
    assert span_of("last_month", date(2027, 1, 5)) == (date(2026, 12, 1), date(2026, 12, 31))
    assert span_of("last_quarter", date(2027, 1, 5)) == (date(2026, 10, 1), date(2026, 12, 31))


def test_sums_add_up_and_nothing_has_no_rate() -> None:
    assert Figures(filed=1, closed=2) + Figures(filed=2) == Figures(filed=3, closed=2)
    assert part(1, 3) == 33
    assert part(998, 1000) == 99, "not all of them"
    assert part(1000, 1000) == 100
    assert part(0, 0) is None


def test_a_first_sending_is_wrong_once_on_its_own_day_and_returned_and_insisted_is_right() -> None:
    elsewhere = line(3, "reassign", "dispatched", "dispatched", hours=30, unit=8)
    again = line(4, "reassign", "dispatched", "dispatched", hours=31, unit=9)
    found = [
        one
        for at in range(4)
        for one in counts(a_case(), [FILED, SENT, elsewhere, again], at, lambda sent: None, lambda _: None)
        if one.what in {"first_sent", "misdirected"}
    ]
    assert [(one.what, one.day, one.unit_id) for one in found] == [
        ("first_sent", date(2026, 11, 23), 7),
        ("misdirected", date(2026, 11, 23), 7),
    ]
    insisted = [
        FILED,
        SENT,
        line(3, "return", "dispatched", "return_review"),
        line(4, "insist", "return_review", "dispatched"),
    ]
    assert summed(a_case(), insisted)["misdirected"] == 0


def test_a_rating_of_what_was_refused_is_set_aside_until_the_case_is_sent_again() -> None:
    refused = [FILED, line(2, "lapse", "rejected", "closed"), line(3, "rate", "closed", "closed")]
    found = summed(a_case(), refused, ("no", 1))
    assert (found["set_aside"], found["rated"]) == (1, 0)
    later = [*refused, line(4, "redo", "closed", "redo"), line(5, "rate", "feedback", "closed")]
    assert summed(a_case(), later, ("yes", 5))["rated"] == 1


@pytest.mark.parametrize("before", [True, False])
def test_what_two_people_leave_out_counts_in_no_rate_whenever_they_did(before: bool) -> None:
    rate, exclude = ("rate", "feedback", "closed"), ("exclude", None, None)
    lines = [
        FILED,
        *(line(2 + n, *one, hours=30 * n) for n, one in enumerate([exclude, rate] if before else [rate, exclude])),
    ]
    found = summed(a_case(), lines, ("no", 1))
    assert (found["rated"], found["solved_halves"], found["satisfied"], found["excluded"]) == (0, 0, 0, 1)
    good = summed(a_case(), lines, ("yes", 5))
    assert (good["rated"], good["solved_halves"], good["satisfied"], good["excluded"]) == (0, 0, 0, 1)


def test_what_is_left_out_is_taken_back_from_the_day_and_unit_of_the_rating() -> None:
    lines = [line(1, "rate", "feedback", "closed", unit=7), line(2, "exclude", None, None, hours=72, unit=8)]
    found = [one for one in counts(a_case(), lines, 1, lambda sent: None, lambda _: ("part", 2)) if one.many]
    assert {(one.what, one.many) for one in found} == {("rated", -1), ("solved_halves", -1), ("excluded", 1)}
    assert {(one.day, one.unit_id) for one in found} == {(date(2026, 11, 23), 7)}


def test_rework_and_shelving_are_counted() -> None:
    lines = [line(1, "fail", "verify", "rework"), line(2, "shelve", "handling", "shelved")]
    assert summed(a_case(), lines) == Counter({"reworked": 1, "shelved": 1})


def test_a_call_back_counts_on_the_day_it_is_due_and_not_if_it_fell_away() -> None:
    due = date(2026, 11, 26)
    closed, asked = line(1, "lapse", "feedback", "closed"), line(2, "visited", None, None, hours=90)
    drawn = Visit(due, dropped=False)
    assert summed(a_case(), [closed], None, drawn) == Counter({"closed": 1, "revisit_due": 1})
    assert summed(a_case(), [closed, asked], None, drawn) == Counter({"closed": 1, "revisit_due": 1, "revisited": 1})
    days = {one.day for one in counts(a_case(), [closed, asked], 1, lambda sent: None, lambda _: None, drawn)}
    assert days == {due}, "not the day of the call: a period tells of what was due in it"
    again = [closed, line(2, "redo", "closed", "redo")]
    assert summed(a_case(), again, None, Visit(due, dropped=True)) == Counter({"closed": 1, "reopened": 1})
    assert summed(a_case(), again, None, drawn)["revisit_due"] == 1, "asked, and then done again"
    rated = line(2, "rate", "closed", "closed")
    assert summed(a_case(), [closed, rated], None, drawn)["revisit_due"] == 1
    assert summed(a_case(), [closed, asked])["revisit_due"] == 0, "a bad rating is asked about besides"
