"""Which words of a text name the place: each character is the beginning of it, inside of it, or neither.

Learned from sentences whose place is marked (`yashu train`), greedily from left to right; no list of names is needed,
so places outside of the grid are found too.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SHIPPED = Path(__file__).parent / "places.txt"
TAGS = "BIO"
BEGIN, INSIDE, OUTSIDE = range(3)
HEARD = 300
SHORTEST = 2
EDGE = "　，。,. "
NO_PLACE = re.compile(
    r"[0一二三四五六七八九十]+[岁点块万元]|(?:我们?|咱们?|这|那|本)?个?(?:社区|小区|村子?|院子?|楼道|楼|家)里?"
)
NOT_OF_NAME = re.compile(r"^(?:表扬|感谢|谢谢|夸夸|投诉|举报|反映|请问|咨询)(?:一下)?")
"""What may be said before the name of a place and is no part of it."""
BUILDING = re.compile(r"[\d零一二三四五六七八九十百]+[#＃]?(?:号楼|号|栋|幢|座|单元)")
EVERY_ESTATE_HAS = re.compile(
    r"(?:(?:第?[\d零一二三四五六七八九十百]++[#＃]?(?:号楼|号门|号|栋|幢|座|单元|层|楼|室|组|队|期|门)?|[A-Za-z甲乙丙丁东南西北前后][座栋幢]"
    r"|我们?|咱们?|这|那|个|里|的|家|住|本|社区|小区|村子?|院子?|楼道|楼梯|楼|电梯|单元|过道|走廊|大堂"
    r"|停车场|车库|车棚|地下室?|顶层?|广场|花坛|门岗|保安亭|垃圾房|路|门|[东南西北正后侧大边]门|负一层"
    r"|口|上|下|内|中|外面?|里面|前面?|后面?|旁边?|边上?|对面|附近|那里|这里|底下?|头|处|间))+"
)
"""Parts of an estate or village that each of them has: a building by its number, a lift, the way in."""
LONGEST_INSIDE = 24
"""Longer words are more than that; some of them can be read in very many ways."""
NEARBY = re.compile(r"([旁里内处边站口]|旁边|对面|附近|那里|这里|楼[下上]|[前后]面)[。.!！]?$")
PLACE_END = re.compile("[路街巷弄村组队栋幢楼层室号区园院场店站厂校桥河塘门口边旁头尾里外上下东西南北]$")
NO_PLACE_AT_ALL = re.compile(
    r"[?？]|[吗么呢]$|为什么|为啥|凭什么|怎么|干什么|干啥|干嘛|什么时候|多少钱|投诉|不满|没人|烦|赶紧|赶快|不知道|不晓得|不清楚|说不清"
    r"|[年天月]了|^(?:好多|好几|天天|每天|一直|昨[天晚夜]|今[天晚早]|前天|刚才|经常|老是)|^(?:你|他们|我要|我想|请|帮|快|都|这个|那个|没有?|不|真|太)"
)
"""Begins or ends of questions and complaints."""
KEY = re.compile(r"(?:发|发送|分享|共享)?我?的?(?:位置|定位|地址)")
"""The words of the key for a location, typed instead of pressed."""
Weights = dict[str, tuple[int, int, int]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where the words of a place stand in a text."""

    start: int
    end: int
    words: str


def signs(text: str, at: int, before: int) -> Iterator[str]:
    """What is looked at to judge the character at `at`, whose predecessor was judged `before`."""
    around = [text[near] if 0 <= near < len(text) else "|" for near in range(at - 3, at + 4)]
    two, one, here, next_, after = around[1:6]
    yield f"t{before}"
    for offset, sign in enumerate(around):
        yield f"{offset}{sign}"
    yield f"a{one}{here}"
    yield f"b{here}{next_}"
    yield f"c{two}{one}"
    yield f"d{next_}{after}"
    yield f"e{one}{here}{next_}"
    yield f"f{two}{one}{here}"
    yield f"g{here}{next_}{after}"
    yield f"h{before}{here}"
    yield f"i{before}{one}{here}"
    yield f"j{before}{here}{next_}"


def judge(text: str, weights: Weights) -> list[int]:
    """A tag for each character."""
    tags: list[int] = []
    before = OUTSIDE
    for at in range(len(text)):
        begin = inside = outside = 0
        for sign in signs(text, at, before):
            if known := weights.get(sign):
                begin += known[0]
                inside += known[1]
                outside += known[2]
        if before == OUTSIDE:
            inside = min(begin, outside) - 1
        before = max((outside, OUTSIDE), (inside, INSIDE), (begin, BEGIN))[1]
        tags.append(before)
    return tags


def spans(text: str, tags: Sequence[int]) -> Iterator[Place]:
    """The places that the tags mark."""
    start: int | None = None
    for at, tag in enumerate([*tags, OUTSIDE]):
        if start is not None and tag != INSIDE:
            words = text[start:at].rstrip(EDGE)
            if led := NOT_OF_NAME.match(words):
                start, words = start + led.end(), words[led.end() :]
            yield Place(start, start + len(words), words)
            start = None
        if tag == BEGIN:
            start = at


def place_in(text: str, weights: Weights | None = None) -> Place | None:
    """The place that a text names, the longest if it names several; None if it names none."""
    heard = levelled(text[:HEARD])
    found = (place for place in spans(heard, judge(heard, weights or shipped())) if fit(place.words))
    best = max(found, key=lambda place: (len(place.words), -place.start), default=None)
    return Place(best.start, best.end, text[best.start : best.end]) if best else None


def fit(words: str) -> bool:
    """Whether the words can name a place at all: not a single character, no age, hour or sum."""
    return len(words) >= SHORTEST and not NO_PLACE.fullmatch(words)


def reads_as_place(words: str) -> bool:
    """Whether the words end as those for a place do that is told by what is there: 煤气站对面."""
    return NEARBY.search(words) is not None


def ends_as_place(words: str) -> bool:
    """Whether the last character is one that names of places end with."""
    return PLACE_END.search(words.strip()) is not None


def wants_estate(words: str) -> bool:
    """Whether the words say where within an estate or village, but not in which: 3栋楼下, 小区门口."""
    inside = "".join(words.split()).strip(EDGE)
    return len(inside) <= LONGEST_INSIDE and EVERY_ESTATE_HAS.fullmatch(inside) is not None


def in_estate(estate: str, within: str) -> str:
    """An estate or village and where in it, said apart: 新港小区, 3栋楼下. A building named with the estate counts."""
    return estate if not within or within in estate or BUILDING.search(estate) else estate + within


def tells_of_change(words: str) -> bool:
    """Whether words say that something has become so: 又漏水了."""
    return words.strip("。！! ").endswith("了")


def cannot_be_place(words: str) -> bool:
    """Whether the words ask or complain, and name nothing that could be a place."""
    return NO_PLACE_AT_ALL.search(words.strip()) is not None and place_in(words) is None and not reads_as_place(words)


def means_the_key(words: str) -> bool:
    """发送位置: somebody wants to send a location and writes so."""
    return KEY.fullmatch(words.strip(EDGE)) is not None


def levelled(text: str) -> str:
    """Every digit as 0: no house number is like another, and each is a house number. As long as the text."""
    return "".join("0" if sign.isdigit() else sign for sign in text)


def read(lines: Iterable[str]) -> Weights:
    """The weights of a file: a sign, a tab, and what it adds to the three tags."""
    parts = (line.rstrip("\n").split("\t") for line in lines)
    return {sign: (int(begin), int(inside), int(outside)) for sign, begin, inside, outside in parts}


@cache
def shipped() -> Weights:
    """The weights that come with the program; read when the first words come."""
    with SHIPPED.open(encoding="utf-8") as lines:
        return read(lines)
