"""What may be published, and what is taken out of the words before anybody reads them."""

from datetime import timedelta
from typing import Any

import pytest

from bot.cases.case import Case, Status, Visibility
from bot.cases.publishing import masked, may_be_published
from bot.cases.topics import EVERYTHING, Topic, packed, unpacked
from tests.cases.people import MONDAY, a_case

P, M, C = Visibility.PUBLIC, Visibility.MASKED, Visibility.CONFIDENTIAL


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("与居民联系，换了灯泡，今天下午完成", "与居民联系，换了灯泡，今天下午完成"),
        ("联系13800001234，已修好", "联系（号码略），已修好"),
        ("电话 138 0000 1234", "电话 （号码略）"),
        ("电话１３８００００１２３４", "电话（号码略）"),
        ("打 0511-88881234 找我", "打 （号码略） 找我"),
        ("王阿姨（13800001234）、(0511)88881234", "某阿姨（（号码略））、（号码略）"),
        ("一三八零零零零一二三四", "（号码略）"),
        ("身份证32110219800101123X已核", "身份证（号码略）已核"),
        ("苏L12345违停，已拖走", "（车牌略）违停，已拖走"),
        ("苏L·A12345挂车", "（车牌略）车"),
        ("苏 LD12345 已挪", "（车牌略） 已挪"),
        ("3栋2单元501室楼道灯", "某处楼道灯"),
        ("新港小区3栋楼下路灯", "新港小区某处楼下路灯"),
        ("三栋二单元的门禁", "某处的门禁"),
        ("3#501 漏水", "某处漏水"),
        ("住3-2-501", "住某处"),
        ("港中路12号门口", "港中路某处门口"),
        ("4楼东户漏水", "某处漏水"),
        ("到王奶奶家换了灯泡", "到某奶奶家换了灯泡"),
        ("与李建国先生沟通", "与某先生沟通"),
        ("联系人：李建国，已回访", "联系人：某某，已回访"),
        ("业主张伟表示满意", "业主某某表示满意"),
        ("钱丽到场处理", "工作人员到场处理"),
        ("微信号：wang_2020", "微信号：（略）"),
        ("见 https://t.me/joinchat/abc", "见 （略）"),
        ("2026-11-25 完成，共 3 天，修了 12 盏灯", "2026-11-25 完成，共 3 天，修了 12 盏灯"),
        ("11月25日9:00受理，15日内完成", "11月25日9:00受理，15日内完成"),
        ("有事打 12345", "有事打 12345"),
        ("办公室答复，居民满意", "办公室答复，居民满意"),
    ],
)
def test_what_names_somebody_is_taken_out_and_the_rest_is_left(words: str, left: str) -> None:
    assert masked(words, ["钱丽"]) == left
    assert masked(left, ["钱丽"]) == left, "safe to repeat"


def _closed(**more: Any) -> Case:
    facts: dict[str, Any] = {"status": Status.CLOSED, "result": "好了", "resolved_at": MONDAY + timedelta(hours=2)}
    return a_case(**{**facts, **more})


def test_a_plain_result_may_be_published_and_a_masked_one_too() -> None:
    assert may_be_published(_closed(), P)
    assert may_be_published(_closed(visibility=M), M)
    assert may_be_published(_closed(status=Status.ARCHIVED), P)


@pytest.mark.parametrize(
    "facts",
    [
        {"visibility": C},
        {"sealed": True},
        {"matter": "C10"},
        {"matter": "E06"},
        {"matter": "F02"},
        {"matter": "J01"},
        {"result": None},
        {"resolved_at": None},
        {"status": Status.FEEDBACK},
        {"status": Status.WITHDRAWN},
    ],
)
def test_some_results_are_nobodys_business(facts: dict[str, Any]) -> None:
    assert not may_be_published(_closed(**facts), P)


def test_a_matter_that_became_confidential_is_so_for_older_cases_too() -> None:
    assert not may_be_published(_closed(), C)


def test_topics_fit_a_button_and_come_back() -> None:
    for number in range(16):
        assert packed(unpacked(number)) == number
    assert packed(EVERYTHING) == 15 and unpacked(packed([Topic.WORKS])) == {Topic.WORKS}
