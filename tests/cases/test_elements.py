"""四要素: which results tell who was spoken to, what was done and until when; and which say nothing at all."""

from datetime import timedelta

import pytest

from bot.cases.case import Status
from bot.cases.elements import Element, lacking, says_nothing
from tests.cases.people import MONDAY, a_case

WHOLE = (
    "与居民联系，换了灯泡，今天下午完成",
    "9点到场，与上报人电话沟通，换了新灯泡，当天办完。",
    "与居民沟通，换好了",
    "已电话告知王女士，物业更换了单元门锁，11月26日完成",
    "联系物业经理，堆放的纸箱已全部清走，通道畅通",
    "上门走访老人，送去米油并登记低保，三天内办完",
    "和店主当面谈了，责令停业整改，下周一复查",
    "跟施工方对接，夜间停工，即日起21点后不再施工",
    "约谈车主，僵尸车拖离，14:30 拖走",
    "向反映人解释，窨井盖重新固定，两小时内恢复",
    "双方调解达成协议，当场签字",
    "与供电公司沟通，抢修线路，18点恢复送电",
    "给业主打电话，他同意自行拆除，本月底前拆完",
    "业委会表示同意，增设充电桩两处，12月15日前建好",
    "请租客配合，楼道电瓶车搬走了，今晚搬走",
    "现场告知摊主，劝离占道摊位，道路恢复畅通",
    "多次联系上报人没接，已到现场疏通下水道，已完成",
)
PARTLY = (
    ("换了灯泡，下午办完", {Element.SPOKEN}),
    ("灯泡换好了", {Element.SPOKEN}),
    ("与居民联系，明天完成", {Element.DONE}),
    ("与居民联系，换了灯泡", {Element.UNTIL}),
    ("跟业主说了", {Element.DONE, Element.UNTIL}),
    ("未联系居民，换了灯泡，已完成", {Element.SPOKEN}),
    ("没有跟业主沟通，垃圾清理完毕", {Element.SPOKEN}),
    ("到现场看了一下，情况和说的一样", {Element.SPOKEN, Element.DONE, Element.UNTIL}),
    ("清理了楼道杂物", {Element.SPOKEN, Element.UNTIL}),
    ("与物业沟通过", {Element.DONE, Element.UNTIL}),
    ("下周三", {Element.SPOKEN, Element.DONE}),
    ("换了新的护栏，11月30日前完工", {Element.SPOKEN}),
)
NOTHING = (
    *(
        "已处理",
        "已办结",
        "收到",
        "正在协调",
        "已处理完毕。",
        "该问题已解决",
        "好的",
        "已安排，正在处理中",
        "已落实到位",
        "OK",
        "无",
    ),
    *("处理了", "情况属实，已整改", "已联系", "事项已办理完成！", "收到，马上处理", "…", "知道了", "尽快处理"),
)


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        ("Spoke with the neighbours, put in a new bulb, done today", set[Element]()),
        ("Called the owner; the cover was replaced on 12 Nov", set[Element]()),
        ("The bulb was replaced", {Element.SPOKEN, Element.UNTIL}),
        ("Called the owner, who needs it by Monday", {Element.DONE}),
        ("We are on it", {Element.SPOKEN, Element.DONE, Element.UNTIL}),
    ],
)
def test_a_result_in_english_is_read_too(words: str, missing: set[Element]) -> None:
    assert set(lacking(_signed(), words)) == missing


@pytest.mark.parametrize("words", WHOLE)
def test_a_whole_result_passes(words: str) -> None:
    assert lacking(_signed(), words) == ()
    assert not says_nothing(words)


@pytest.mark.parametrize(("words", "missing"), PARTLY)
def test_what_is_missing_is_named_and_nothing_else(words: str, missing: set[Element]) -> None:
    assert set(lacking(_signed(), words)) == missing
    assert not says_nothing(words)


@pytest.mark.parametrize("words", NOTHING)
def test_a_phrase_that_fits_every_case_says_nothing(words: str) -> None:
    assert says_nothing(words)


def test_when_it_was_taken_up_is_known_from_the_signing() -> None:
    unsigned = a_case(Status.HANDLING, registered_at=MONDAY)
    assert lacking(unsigned, WHOLE[0]) == (Element.TAKEN_UP,)


def test_a_question_is_only_answered() -> None:
    assert lacking(_signed(matter="J01"), "带身份证到社区一楼") == ()
    assert lacking(_signed(matter="J03"), "已转达") == ()


def _signed(**facts: object):
    return a_case(Status.HANDLING, registered_at=MONDAY, accepted_at=MONDAY + timedelta(hours=1), **facts)
