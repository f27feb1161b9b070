"""What the shipped catalogue hears in people's words."""

import sys
import time
from statistics import median

import pytest

from bot.cases.catalogue import Catalogue
from bot.cases.catalogue_file import load


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load()


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("我们小区8栋门口路灯坏了一个礼拜", "H01"),
        ("路登不亮，晚上黑漆漆的", "H01"),
        ("电梯又坏了，停在五楼不动", "A14"),
        ("老板跑了，三个月工资没给", "B06"),
        ("垃圾桶满出来没人收，臭死了", "G01"),
        ("楼下跳广场舞音响太大，吵得睡不着", "G09"),
        ("消防通道被车堵死了", "A11"),
        ("马路中间井盖没了", "A09"),
        ("有人把电动车推进电梯上楼充电", "A12"),
        ("车停在单元门口，堵门出不去，麻烦叫他挪车", "I01"),
        ("家里停水一天了，什么时候来水", "H04"),
        ("路上好大一个坑，电驴子骑过去颠得要命", "H02"),
        ("想问一下居住证怎么办理，要带什么材料", "J01"),
        ("表扬一下网格员小王，真热心", "J03"),
        ("建议在菜场门口增设一个垃圾桶", "J02"),
        ("下水道堵了，粪水往外冒", "I02"),
        ("超市卖过期牛奶", "D02"),
        ("流浪狗一大群，小孩都不敢走", "D04"),
        ("隔壁违章搭建，把公共过道围起来", "G06"),
        ("今日巡查一切正常", "K01"),
    ],
)
def test_everyday_words_find_their_matter(catalogue: Catalogue, text: str, row: str) -> None:
    assert row in [matter.row for matter in catalogue.suggest(text)]


@pytest.mark.parametrize("text", ["", "你好", "在吗", "👍", "哈哈哈", "asdf", " \n "])
def test_small_talk_suggests_nothing(catalogue: Catalogue, text: str) -> None:
    assert catalogue.suggest(text) == ()


def test_a_guess_says_which_words_it_heard(catalogue: Catalogue) -> None:
    best = catalogue.guesses("消防通道堵了")[0]

    assert best.matter.code == "A11"
    assert "消防通道" in best.words


@pytest.mark.parametrize(("text", "row"), [("小区路灯不亮", "H01"), ("消防通道堵了", "A11"), ("老板拖欠工资", "B06")])
def test_nothing_far_fetched_stands_beside_a_sure_guess(catalogue: Catalogue, text: str, row: str) -> None:
    assert [matter.row for matter in catalogue.suggest(text)] == [row]


def test_the_limit_holds_and_no_row_comes_twice(catalogue: Catalogue) -> None:
    rows = [matter.row for matter in catalogue.suggest("路灯坏了，井盖没了，电梯停了，垃圾没人收，噪音", limit=4)]

    assert len(rows) == len(set(rows)) == 4


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("着火了快来", "119"),
        ("三楼窗户在冒烟", "119"),
        ("厨房好重的煤气味", "119"),
        ("然气漏了", "119"),
        ("我奶奶困在电梯里面了", "119"),
        ("有小孩掉河里了", "110"),
        ("桥上有人要跳河", "110"),
        ("我老公又打我，求求你们", "110"),
        ("有人拿刀追人", "110"),
        ("我妈走丢了到现在没找到", "110"),
        ("爷爷昨天开始电话打不通，敲门也没人应", "120"),
        ("门口老爹爹倒在地上不动了", "120"),
        ("骗子让我妈去银行汇款，拦不住", "110"),
        ("电线断了掉在路上，还冒火花", "110"),
        ("不是演习，真的着火了", "119"),
        ("没有人受伤，但是房子还在着火", "119"),
        ("昨天着火灭了，现在又冒烟了", "119"),
        ("ＡＢ栋起火", "119"),
    ],
)
def test_danger_is_answered_with_the_number(catalogue: Catalogue, text: str, number: str) -> None:
    danger = catalogue.danger(text)

    assert danger
    assert number in danger.numbers


@pytest.mark.parametrize(
    "text",
    [
        "没有着火，就是有点灰",
        "明天小区有消防演练，会放浓烟",
        "火已经扑灭了",
        "去年这里着火过",
        "楼道堆东西，万一着火怎么跑",
        "这样拉线迟早要起火",
        "未发现燃气泄漏",
        "社区请民警讲防诈骗",
        "感谢消防员，火灾那天来得真快",
        "我妈差点摔了一跤，路灯要修",
        "外墙的落水管掉了一节",
        "孩子昨天走丢，已经找到了",
        "路灯不亮",
        "",
    ],
)
def test_what_is_denied_supposed_practised_or_over_is_no_danger(catalogue: Catalogue, text: str) -> None:
    assert catalogue.danger(text) is None


def test_danger_is_heard_at_the_end_of_a_long_text(catalogue: Catalogue) -> None:
    assert catalogue.danger("小区路灯坏了。" * 700 + "快来，着火了！")


def test_an_answer_takes_less_than_three_milliseconds(catalogue: Catalogue) -> None:
    text = "新港小区三栋楼下垃圾没人收，电动车停在楼道充电，老人走路都怕摔，隔壁还天天吵"
    spent: list[float] = []
    for _ in range(50):
        start = time.perf_counter()
        catalogue.suggest(text)
        catalogue.danger(text)
        spent.append(time.perf_counter() - start)

    watched = sys.gettrace() is not None or "coverage" in sys.modules
    assert median(spent) < (0.03 if watched else 0.003), "counting lines makes it about ten times slower"


@pytest.mark.parametrize("text", ["12345", "asdf 123", "3栋201"])
def test_numbers_alone_suggest_nothing(catalogue: Catalogue, text: str) -> None:
    assert catalogue.guesses(text, 3) == ()
