"""What is hidden in a text that others will read."""

import pytest

from bot.cases.masking import masked


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("打我电话13800000000，姓陈", "打我电话138******00，姓陈"),
        ("电话 +86 138 0000 0000", "电话 138******00"),
        ("座机0511-88880000", "座机0511-********"),
        ("身份证32110219500101123X", "身份证32****************"),
        ("卡号6222 0000 1111 2222 333", "卡号***********************"),
        ("卡号6222000011112222", "卡号****************"),
        ("车牌苏L0000B挡路", "车牌苏L*****挡路"),
        ("苏L·D12345在充电", "苏L*****在充电"),
        ("我叫王小明，住三栋", "我叫某某，住三栋"),
        ("联系人：李建国", "联系人：某某"),
        ("我姓王，一楼的", "我姓某，一楼的"),
    ],
)
def test_what_leads_to_a_person_is_hidden(told: str, shown: str) -> None:
    assert masked(told) == shown


@pytest.mark.parametrize(
    "text",
    [
        "快打119和120，12345打不通",
        "新港小区12栋1单元1502",
        "2026年11月25日下午3点",
        "业主有1200户，花了3500000元",
        "我叫他挪车他不挪",
        "苏州来的车",
    ],
)
def test_what_leads_to_nobody_stays(text: str) -> None:
    assert masked(text) == text


def test_what_is_masked_stays_masked() -> None:
    once = masked("我叫王小明，13800000000，苏L0000B")

    assert masked(once) == once
