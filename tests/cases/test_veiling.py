"""Who they are and who is theirs, as people say it, and what of that others may read."""

import pytest

from bot.cases.veiling import veiled, without_teller


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("路灯不亮 我是电工王秀英", "路灯不亮 我是电工某某"),
        ("我王秀英实名举报", "我某某实名举报"),
        ("本人王秀英，住这里", "本人某某，住这里"),
        ("我妈李桂兰摔了", "我妈某某摔了"),
        ("我老公张伟在楼下", "我老公某某在楼下"),
        ("我是3栋的老王", "我是3栋的某人"),
        ("我姓王", "我姓某"),
        ("打我85551234", "打我（号码略）"),
        ("85551234", "（号码略）"),
        ("壹叁捌壹贰叁肆伍陆柒捌", "（号码略）"),
        ("我妈周一摔了一跤", "我妈周一摔了一跤"),
        ("我老公常常打我", "我老公常常打我"),
        ("我妈左腿断了", "我妈左腿断了"),
        ("我马上来，我白天不在家", "我马上来，我白天不在家"),
        ("我看见黄河路井盖没了", "我看见黄河路井盖没了"),
        ("门口的小马路坏了", "门口的小马路坏了"),
        ("修好了，谢谢大家", "修好了，谢谢大家"),
    ],
)
def test_names_behind_i_am_and_my_kin_are_taken_out_and_everyday_words_are_not(said: str, read: str) -> None:
    assert veiled(said) == read
    assert veiled(read) == read


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("我是宏达化工厂电工王秀英 厂里晚上倒废酸", "（上报人是谁，略） 厂里晚上倒废酸"),
        ("我在宏达化工厂上班，厂里倒废酸", "（上报人是谁，略），厂里倒废酸"),
        ("我家住3栋201，天天闻得到", "（上报人住处，略），天天闻得到"),
        ("我们厂长让人晚上倒", "该厂长让人晚上倒"),
        ("我老公看见的", "某人看见的"),
        ("张三在2栋吸毒", "张三在2栋吸毒"),
        ("王老板晚上倒废酸，我亲眼看见的", "王老板晚上倒废酸，我亲眼看见的"),
    ],
)
def test_of_a_sealed_report_goes_who_told_it_and_stays_whom_it_tells_of(said: str, read: str) -> None:
    assert without_teller(said) == read
    assert without_teller(read) == read
