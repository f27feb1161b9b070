"""Answers as people give them: numbers, times, telephones, plates; and what a story answers by itself."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cases.answering import Heard, chosen, done, tap, told
from bot.cases.catalogue import Catalogue, Matter, Question, QuestionKind
from bot.cases.catalogue_file import load
from bot.cases.contacts import number_to_call, plate_in, veiled_name, veiled_number
from bot.cases.counting import counted_in, number_in
from bot.cases.draft import Ask, Draft
from bot.cases.flow import is_missing, next_ask, offers_secrecy, open_question, settled
from bot.cases.overheard import overhear
from bot.cases.when import when_in, when_of

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 25, 15, 30, tzinfo=ZONE)
"""A Wednesday."""

NUMBERS = [
    ("三个人", 3), ("3", 3), ("３个", 3), ("两", 2), ("俩", 2), ("十二", 12), ("二十", 20), ("三十几", None),
    ("一百五", 150), ("一百零五", 105), ("两千三百", 2300), ("一万二", 12_000), ("85岁", 85),
    ("十几个", None), ("几十", None), ("好几个", None), ("二十多", None), ("两三个", None), ("3到5个", None),
    ("很多", None),
]  # fmt: skip
TIMES = [
    ("刚才", "2026-11-25T15:30"), ("昨晚八点", "2026-11-24T20:00"), ("昨天晚上12点", "2026-11-25T00:00"),
    ("八点", "2026-11-25T08:00"), ("晚上八点", "2026-11-24T20:00"), ("早上七点一刻", "2026-11-25T07:15"),
    ("20:15", "2026-11-24T20:15"), ("凌晨2点", "2026-11-25T02:00"), ("半小时前", "2026-11-25T15:00"),
    ("20号下午3点半", "2026-11-20T15:30"), ("2 hours ago", "2026-11-25T13:30"),
    ("下午", "2026-11-25 afternoon"), ("昨夜", "2026-11-24 evening"), ("今天", "2026-11-25"), ("today", "2026-11-25"),
    ("三天前", "2026-11-22"), ("一个星期没见了", "2026-11-18"), ("周三", "2026-11-25"), ("上周三", "2026-11-18"),
    ("30号", "2026-10-30"), ("11月20日", "2026-11-20"), ("12月20日", "2025-12-20"), ("2025-3-4", "2025-03-04"),
    ("两个月", "2026-09"), ("上个月", "2026-10"), ("8月份", "2026-08"), ("去年10月", "2025-10"), ("去年", "2025"),
    ("五年前", "2021"), ("更早", "earlier"), ("很久了", "earlier"),
    ("明天", None), ("今晚八点", None), ("今天 25:00", None), ("不记得了", None), ("十几天前", None), ("2月30日", None),
]  # fmt: skip


@pytest.mark.parametrize(("words", "number"), NUMBERS)
def test_numbers_are_read_as_people_say_them(words: str, number: int | None) -> None:
    assert number_in(words) == number


@pytest.mark.parametrize(("words", "when"), TIMES)
def test_times_are_read_as_precisely_as_they_were_said(words: str, when: str | None) -> None:
    assert when_of(words, NOW, ZONE) == when


@given(st.text(alphabet="昨今前天晚早上下午点半号月日周三十二0123456789:-/年个小时分钟之了 ", max_size=14))
def test_no_words_are_a_time_to_come_or_an_error(words: str) -> None:
    when = when_of(words, NOW, ZONE)
    assert when is None or not when[:4].isdecimal() or when[:10] <= "2026-11-25"
    assert when is None or "T" not in when or when <= "2026-11-25T15:30"


@given(st.text(max_size=20))
def test_any_words_are_a_number_or_none(words: str) -> None:
    number = number_in(words)
    assert number is None or number >= 0


def test_a_story_tells_a_time_only_where_it_names_a_day_or_how_long_ago() -> None:
    assert when_in("老人三天没开门了", NOW, ZONE) == "2026-11-22"
    assert when_in("昨晚就没回家", NOW, ZONE) == "2026-11-24 evening"
    assert when_in("楼下3点钟方向有个坑", NOW, ZONE) is None
    assert when_in("3栋2单元的灯", NOW, ZONE) is None


def test_numbers_in_a_story_belong_to_what_stands_behind_them() -> None:
    assert counted_in("3栋2单元电梯里关了两个人", ["个人", "人"]) == 2
    assert counted_in("十几个人", ["个人", "人"]) is None
    assert counted_in("奶奶85岁，住3楼", ["岁"]) == 85


def test_telephones_and_plates_are_checked() -> None:
    assert number_to_call("打 138-0000-1234") == "13800001234"
    assert number_to_call("+86 13800001234") == "13800001234"
    assert number_to_call("0511-88881234") == "051188881234"
    assert [number_to_call(words) for words in ("123", "1380000123", "13800001234或13900001234")] == [None] * 3
    assert plate_in("苏l·d12345 堵着门") == "苏LD12345"
    assert plate_in("新港小区A12345栋") is None


def test_a_group_reads_no_whole_name_and_no_whole_number() -> None:
    assert veiled_number("13800001234") == "138****1234"
    assert veiled_number("我儿子 138 0000 1234") == "我儿子 138****1234"
    assert veiled_name("张建国") == "张某"
    assert veiled_name("3栋501的老王") == "某人"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load()


def asked(catalogue: Catalogue, code: str, key: str) -> Question:
    return next(one for one in catalogue.matter(code).questions if one.key == key)


def heard(catalogue: Catalogue, code: str, words: str) -> tuple[Matter, Draft]:
    """What a story answers once its matter was chosen, and the matter that it is then."""
    matter = catalogue.matter(code)
    draft = Draft(id="x", matter=code, words=[words], danger=True)
    while key := overhear(draft, matter, catalogue.hearing, NOW, ZONE):
        matter = catalogue.becomes(matter, key, draft.answers[key])
    return matter, draft


STORIES: list[tuple[str, str, dict[str, str], str]] = [
    ("A14b", "电梯里关了两个人", {"inside": "yes", "how_many": "2"}, "A14a"),
    ("A14a", "电梯坏了，里面没人", {"inside": "no"}, "A14b"),
    ("A09a", "马路上井盖没了", {"where": "马路上", "state": "没了"}, "A09b"),
    ("H01a", "新港小区3栋楼下路灯不亮", {"where": "小区里"}, "H01a"),
    ("A11", "消防通道停满了车", {"blocked_by": "车"}, "A11"),
    ("B06a", "老板欠我们三十多个工友的钱", {"workers": "10人以上"}, "B06b"),
    ("C06", "接到电话说我儿子出事，钱已经转了", {"paid": "已经转了", "way": "电话"}, "C06"),
    ("E02", "隔壁独居的奶奶85岁，三天没见了", {"age": "85", "last_seen": "2026-11-22", "alone": "yes"}, "E02"),
    ("G09a", "楼上半夜装修", {"source": "装修", "hours": "半夜"}, "G09a"),
    ("G01", "垃圾桶满了3天没人收", {"kind": "桶满了", "days": "3"}, "G01"),
    ("I01", "苏L12345堵住单元门", {"blocks": "单元门", "plate": "苏L12345"}, "I01"),
    ("D01a", "孩子发烧还吐，一个人", {"ill": "1个", "signs": "发热、呕吐腹泻"}, "D01a"),
    ("F01", "邻里吵架，社区来调解过", {"mediated": "yes"}, "F01"),
    ("H01a", "路灯不亮", {"where": "小区里"}, "H01a"),
    ("H01b", "灯瞎了", {"where": "马路上"}, "H01b"),
    ("H01a", "马路上路灯不亮", {"where": "马路上"}, "H01b"),
    ("A14a", "来人", {"inside": "yes"}, "A14a"),
    ("A14b", "在三号楼", {}, "A14b"),
    ("I02", "楼道有事", {}, "I02"),
]


@pytest.mark.parametrize(("code", "words", "answers", "becomes"), STORIES, ids=[words for _, words, _, _ in STORIES])
def test_what_the_first_words_answer_is_not_asked(
    catalogue: Catalogue, code: str, words: str, answers: dict[str, str], becomes: str
) -> None:
    matter, draft = heard(catalogue, code, words)
    assert draft.answers == answers
    assert matter.code == becomes


def test_a_story_told_anew_changes_what_was_heard_and_not_what_was_answered(catalogue: Catalogue) -> None:
    matter, draft = heard(catalogue, "H01a", "小区里好几盏路灯不亮")
    assert draft.answers == {"where": "小区里", "lamps": "好几盏"}
    draft.answer("lamps", "一盏")
    draft.words = ["马路上整条路的灯都不亮"]
    assert overhear(draft, matter, catalogue.hearing, NOW, ZONE) == "where"
    assert overhear(draft, matter, catalogue.hearing, NOW, ZONE) is None
    assert draft.answers == {"where": "马路上", "lamps": "一盏"}


def test_at_most_three_questions_are_asked_of_anybody(catalogue: Catalogue) -> None:
    for matter in catalogue.matters.values():
        draft = Draft(id="x", matter=matter.code, words=["有事"], place="这里", danger=True)
        for _ in range(20):
            question = open_question(draft, matter)
            if question is None:
                break
            if question.kind is not QuestionKind.PHOTO and question.key not in draft.asked:
                draft.asked.append(question.key)
            draft.answer(question.key, question.answers[0] if question.answers else "1")
        assert len(draft.asked) <= 3, matter.code


def test_what_is_asked_first_is_required_or_urgent_and_a_photo_does_not_count(catalogue: Catalogue) -> None:
    missing = catalogue.matter("A17")
    draft = Draft(id="x", matter="A17", words=["我妈走丢了"], danger=True)
    order: list[str] = []
    while question := open_question(draft, missing):
        order.append(question.key)
        draft.asked += [question.key] if question.kind is not QuestionKind.PHOTO else []
        draft.skip(f"q:{question.key}")
    assert order == ["who", "last_seen", "clothes", "picture"]
    assert next_ask(draft, missing) is Ask.WHERE, "its own question takes the place of the request for a photo"


def test_nobody_in_danger_is_asked_for_a_photo(catalogue: Catalogue) -> None:
    lift = catalogue.matter("A14b")
    calm = Draft(id="x", matter="A14b", words=["坏了"], place="3栋", answers={"inside": "no", "trouble": "别的"})
    calm.skip("q:lift_number")
    calm.danger = False
    assert next_ask(calm, lift) is Ask.PHOTO
    calm.danger = True
    assert next_ask(calm, lift) is Ask.REVIEW


def test_answers_come_back_when_somebody_goes_back_to_the_matter(catalogue: Catalogue) -> None:
    draft = Draft(id="x", matter="H01a", answers={"where": "马路上", "lamps": "一盏"})
    assert settled(draft, catalogue.matter("H01a")) == {"where": "马路上", "lamps": "一盏"}
    assert settled(draft, catalogue.matter("G02a")) == {}, "马路上 is no answer there"
    assert settled(draft, catalogue.matter("A09a")) == {"where": "马路上"}
    assert settled(draft, catalogue.matter("H01b")) == {"where": "马路上", "lamps": "一盏"}


def test_an_answer_falls_away_with_the_answer_it_hangs_on(catalogue: Catalogue) -> None:
    draft = Draft(id="x", matter="A14a", answers={"inside": "yes", "how_many": "2"})
    assert settled(draft, catalogue.matter("A14a")) == {"inside": "yes", "how_many": "2"}
    draft.answer("inside", "no")
    assert settled(draft, catalogue.matter("A14a")) == {"inside": "no"}


def test_an_insider_is_offered_secrecy(catalogue: Catalogue) -> None:
    site = catalogue.matter("B04")
    assert not offers_secrecy(Draft(id="x", answers={"insider": "no"}), site)
    assert offers_secrecy(Draft(id="x", answers={"insider": "yes"}), site)


def test_what_is_not_understood_is_asked_once_more_and_then_kept_as_it_was_said(catalogue: Catalogue) -> None:
    question, draft = asked(catalogue, "A14a", "how_many"), Draft(id="x", answers={"inside": "yes"})
    assert told(draft, question, "十几个", NOW, ZONE) is Heard.UNCLEAR
    assert settled(draft, catalogue.matter("A14a"))["how_many"] == "十几个", "not lost, even if nothing more comes"
    assert told(draft, question, "真的很多", NOW, ZONE) is Heard.ANSWER
    assert draft.answers["how_many"] == "真的很多"
    assert told(draft, question, "还有一件事" * 20, NOW, ZONE) is Heard.STORY


def test_a_number_has_its_limit(catalogue: Catalogue) -> None:
    question, draft = asked(catalogue, "E02", "age"), Draft(id="x")
    assert told(draft, question, "一百八十岁", NOW, ZONE) is Heard.UNCLEAR
    assert told(draft, question, "八十", NOW, ZONE) is Heard.ANSWER
    assert draft.answers == {"age": "80"}


def test_several_choices_are_put_in_and_taken_out(catalogue: Catalogue) -> None:
    question, draft = asked(catalogue, "G09a", "hours"), Draft(id="x")
    assert not done(draft, question), "nothing is chosen"
    for at in (4, 0, 2, 0):
        assert tap(draft, question, at, NOW, ZONE)
    assert chosen(draft, question) == ["中午", "半夜"]
    assert done(draft, question)
    assert draft.answers == {"hours": "中午、半夜"}
    assert not tap(draft, question, 9, NOW, ZONE)
    assert told(draft, question, "白天和晚上都吵", NOW, ZONE) is Heard.ANSWER
    assert draft.answers == {"hours": "白天、晚上"}


def test_a_person_is_a_name_and_a_relation(catalogue: Catalogue) -> None:
    question, draft = asked(catalogue, "E02", "key_holder"), Draft(id="x")
    assert told(draft, question, "王桂英", NOW, ZONE) is Heard.HALF
    assert tap(draft, question, 1, NOW, ZONE)
    assert draft.answers == {"key_holder": "王桂英|neighbour"}
    assert told(draft, question, "说不清", NOW, ZONE) is Heard.ANSWER
    assert draft.answers == {"key_holder": "?"}
    assert not is_missing(draft, question), "who does not know has answered"


def test_a_time_is_tapped_in_the_time_of_the_place(catalogue: Catalogue) -> None:
    question, late = asked(catalogue, "E02", "last_seen"), datetime(2026, 11, 25, 17, 0, tzinfo=ZoneInfo("UTC"))
    given: list[str] = []
    for at in range(4):
        draft = Draft(id="x")
        assert tap(draft, question, at, late, ZONE)
        given.append(draft.answers["last_seen"])
    assert given == ["2026-11-26T01:00", "2026-11-26", "2026-11-25", "earlier"]
