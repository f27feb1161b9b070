"""What is said beside the story, how somebody looks, and names that were nearly said."""

import pytest

from bot.cases.crying import is_over, tells_more
from bot.cases.describing import age_and_sex_in, clothes_in
from bot.cases.near_names import NearNames, sounds_alike
from bot.cases.plain_words import Plain, hints_at_own, nth, plain_of, put_right, wants_no_calls, wants_secrecy


@pytest.mark.parametrize(
    ("words", "plain"),
    [
        ("删掉我的资料", Plain.FORGET),
        ("把我的信息都删了吧", Plain.FORGET),
        ("注销", Plain.FORGET),
        ("我的资料", Plain.OWN_DATA),
        ("字太小了，看不清", Plain.LARGE),
        ("能不能换大字", Plain.LARGE),
        ("会说英文吗", Plain.LANGUAGE),
        ("English please", Plain.LANGUAGE),
        ("我们小区的网格员是谁", Plain.MY_GRID),
        ("帮助", Plain.HELP),
        ("不要了 撤回", Plain.CANCEL),
        ("哪个晓得", Plain.UNSURE),
        ("算了不报了", Plain.CANCEL),
        ("催一下", Plain.URGE),
        ("说错了", Plain.WRONG),
        ("地址不对", Plain.PLACE_WRONG),
        ("物业把我的资料删了不认账", None),
        ("楼下的字太小了看不清，牌子要换", None),
        ("网格员把老人推倒了", None),
        ("门口的灯不亮", None),
    ],
)
def test_words_that_say_only_this_are_known_and_what_tells_more_is_the_story(words: str, plain: Plain | None) -> None:
    assert plain_of(words) is plain


@pytest.mark.parametrize("words", ["不想讲名字", "别让他们知道我是谁", "千万不要说是我", "路灯不亮，替我保密"])
def test_a_wish_for_secrecy_is_heard_among_other_words(words: str) -> None:
    assert wants_secrecy(words)


@pytest.mark.parametrize("words", ["路灯不亮", "我不知道是谁扔的", "他叫什么名字我不晓得"])
def test_and_not_where_there_is_none(words: str) -> None:
    assert not wants_secrecy(words)


def test_short_words_may_be_about_an_own_case() -> None:
    assert hints_at_own("说错了 是5栋") and hints_at_own("怎么还没来修")
    assert not hints_at_own("楼下有人打架")
    assert wants_no_calls("耳朵不好，别打电话") and not wants_no_calls("电话打不通")
    assert put_right("不是3栋，是5栋") == ("3栋", "5栋") and put_right("3栋灯不亮") is None


@pytest.mark.parametrize(("words", "at"), [("1", 0), ("第二个", 1), ("选3", 2), ("12", None), ("第一次来", None)])
def test_a_number_means_the_place_in_the_list(words: str, at: int | None) -> None:
    assert nth(words) == at


def test_good_news_is_short_and_says_that_it_is_over() -> None:
    assert is_over("灭了") and is_over("人找到了，在他姑姑家") and is_over("已经送医院了 谢谢")
    assert not is_over("路灯灭了好几天了") and not is_over("好了") and not is_over("没找到")
    assert tells_more("打了 消防在路上") and not tells_more("电话已经打通了，谢谢")


@pytest.mark.parametrize(
    ("story", "person", "clothes"),
    [
        ("孙子六岁，穿黄衣服，放学没回来", "六岁 孙子", "穿黄衣服"),
        ("男孩，8岁，红色的外套", "8岁 男孩", "红色的外套"),
        ("我妈不见了", None, None),
        ("七十多岁的人走丢了", None, None),
    ],
)
def test_how_somebody_looks_is_taken_from_the_story(story: str, person: str | None, clothes: str | None) -> None:
    assert age_and_sex_in(story) == person
    assert clothes_in(story) == clothes


def test_a_name_with_one_slip_is_found_and_one_that_sounds_alike_comes_first() -> None:
    names = NearNames(["新港小区", "新安小区", "滨河花园", "西塘"])
    assert names.in_words("新岗小区3栋")[0] == ("新岗小区", "新港小区")
    assert ("滨河园", "滨河花园") in names.in_words("滨河园门口")
    assert all(said != "新港小区" for said, _ in names.in_words("新港小区")), "what was said rightly is no slip"
    assert names.in_words("西唐") == [], "too short to be guessed at"
    assert sounds_alike("岗", "港") and not sounds_alike("安", "港") and not sounds_alike("a", "港")
