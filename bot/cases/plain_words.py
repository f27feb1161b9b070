"""What is said beside the story: hello, thanks, who are you, a way to a human, never mind, how far is my case ...

Only words that say nothing else are taken for it: they must fit from beginning to end (plain_words.txt). Whatever tells
more is kept as the story, so in doubt nothing is lost. Some wishes are looked for inside of more words as well.
"""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from pathlib import Path


class Plain(StrEnum):
    """What somebody means who tells nothing about a matter.

    NOTHING: hm, ok, 1. UNSURE: I don't know. WHO and WHY: about the bot, about the question. CROSS: swearing. NEWS to
    SOLVED speak of an own case, MORE wants to add to one, FORGET to HELP of the bot itself. PLACE_WRONG and WRONG want
    something on the card changed. CRY: help, no more than that.
    """

    GREETING = "greeting"
    THANKS = "thanks"
    WHO = "who"
    WHY = "why"
    CROSS = "cross"
    NOTHING = "nothing"
    UNSURE = "unsure"
    HUMAN = "human"
    CANCEL = "cancel"
    CRY = "cry"
    BACK = "back"
    SUBMIT = "submit"
    SECRECY = "secret"
    NO_CALLS = "no_calls"
    NEWS = "news"
    URGE = "urge"
    MORE = "more"
    NOBODY = "nobody"
    UNSOLVED = "unsolved"
    AGAIN = "again"
    SOLVED = "solved"
    FORGET = "forget"
    OWN_DATA = "own_data"
    LARGE = "large"
    LANGUAGE = "language"
    MY_GRID = "my_grid"
    HELP = "help"
    PLACE_WRONG = "place_wrong"
    WRONG = "wrong"


ABOUT_OWN = frozenset({Plain.NEWS, Plain.URGE, Plain.NOBODY, Plain.UNSOLVED, Plain.AGAIN, Plain.SOLVED})
OF_BOT = frozenset({Plain.FORGET, Plain.OWN_DATA, Plain.LARGE, Plain.LANGUAGE, Plain.MY_GRID, Plain.HELP})
"""What has a command of its own; these words do the same in any step."""
IDLE = frozenset({Plain.GREETING, Plain.THANKS, Plain.WHO, Plain.WHY, Plain.CROSS, Plain.NOTHING})

LONGEST = 40
"""Longer words are a story."""
LONGEST_HINT = 25
ENDS = re.compile("[啊呀哦噢喔哈呗哇嘞咯哎唉呃诶]+$")
BEFORE = re.compile("^(?:喂|哎|唉|诶|那个|请问|你好|您好|师傅|同志|伢叔|哦|噢|嗯)+(?=.)")
SPANS = re.compile(
    "(?:都|已经|等了|过了|有)*[0-9一二三四五六七八九十两几好半多]+(?:个)?(?:天|小时|钟头|星期|礼拜|周|月)(?:了|啦)?"
)

CRIES = frozenset("🆘🚨🚑🚒🔥🩸")
"""Pictures that cry for help."""
FOR_ANOTHER = re.compile(
    r"(?:替|代|帮)(?P<who>(?!忙|大家|我们|你)[^，,。！!？?\s]{1,10}?)"
    r"(?:报(?:个|一下|一?声|的|上|$|[，,。])|反映|说(?:一下|一?声|的|几句|$|[，,。])|上报|投诉|求助)"
)
ELDERS = re.compile("[爷奶婆公伯叔姨妈爸哥姐弟妹她他舅姑嫂]|老人|老[张李王刘陈赵]|邻居|师傅|同事|朋友|孩子|亲戚|阿")
PRONOUNS = frozenset({"他", "她", "他们", "她们", "老人", "老人家", "邻居"})
"""Somebody whom one tells it for; words that name nobody."""
SPELT = Path(__file__).parent / "plain_words.txt"

HINTS = re.compile(
    r"没人(?:来|管|修|理|处理)|没有人(?:来|管|修|理|处理)|又坏|又不亮|又堵|又漏|没修好|没解决|没有解决|没弄好|不满意|催|怎么样了|办得|什么时候(?:来|修)|还没(?:来|修|好|办|处理)|上次|前几天报|报过"
    r"|(?:说|写|讲|弄|填|搞)错了?.*是|^改(?:一下|成|到)|撤回|不要派人"
)
KEEPS_SECRET = (
    re.compile(
        r"(?:别|不要|莫|不能|不想)(?:让|给|叫)?.{0,6}(?:知道|晓得).{0,3}是?我.{0,2}(?:说|报|讲|举报|投诉|反映|告)?的?"
    ),
    re.compile(r"(?:别|不要|莫|不能|不想)(?:让|给|叫).{0,6}(?:知道|晓得|认出|查到)我(?:是谁|是哪个|的名字)?"),
    re.compile(r"(?:不想|不能|不敢|不方便)(?:说|讲|留|写|透露|公开)(?:我的|真|自己的?)*(?:姓名|名字|身份)"),
    re.compile(r"(?:替我|帮我|给我|请|我想|我要|一定要|要求)(?:你们)?保密"),
    re.compile(r"(?:别|不要)(?:说|讲)是我"),
    re.compile(
        r"(?:别|不要|莫|不能|不想|千万别)(?:让|给|叫)(?:我们?|他们?|她)?"
        r"(?:老板|厂里|厂长|单位|公司|领导|上级|村里|村干部|书记|主任|组长|邻居|物业|学校|老师|校长|医院|同事|工友|家里人|店里|对方)"
        r"(?:的?人|他们)?(?:知道|晓得|发现|查到|认出|看到)"
    ),
    re.compile(
        r"怕.{0,6}(?:报复|打击|穿小鞋|找麻烦|算账|整我|开除|辞退|扣工资|认出来?我?|查到我|盯上|丢了?(?:工作|饭碗))"
    ),
    re.compile(
        r"(?:keepme|keepthis|keepit)(?:anonymous|secret|confidential)|(?:donot|dont)(?:tell|let).{0,20}(?:itwasme|know)"
    ),
)
WRITES = (
    re.compile(r"(?:我|本人)?(?:的)?(?:耳朵|听力)(?:是|已经|完全|有点|都)*(?:听不见|听不到|不好|聋了?|背|不行)(?:了)?"),
    re.compile(r"我(?:是|有点)?(?:聋人|聋哑人|聋子|听障|听不见|听不到)(?:电话|声音)?"),
    re.compile(r"(?:请|千万)?(?:不要|别|不能|莫)(?:给我|再)?打(?:我)?的?电话(?:给我)?"),
    re.compile(r"(?:我)?(?:不方便|接不了|不能|没法)接?(?:听)?电话"),
    re.compile(r"(?:有事|有话|请|麻烦|只能|给我|就|可以)+(?:打字|发字|发文字|发消息)(?:给我|说|就行|告诉我|联系|吧)*"),
)
MORE_THAN_WISH = 3
"""So many signs beside a wish tell something too."""
AGREES = frozenset(
    {
        *("是", "是的", "对", "对的", "对对", "对头", "嗯", "嗯嗯", "好", "好的", "行", "可以", "没错", "就是"),
        *("是这个", "就是这个", "就这个", "就它", "yes", "ok", "right", "thatsit"),
    }
)
"""A yes to the one thing that is offered."""
MOST_OFFERED = 3
PLACES = "123一二三"
NTH = re.compile("(?:我?选|是|就是|点)?(?:第)?([123一二三])(?:个|种|项|条|号)?(?:吧|那个)?")
NOT_BUT = re.compile(
    r"(?:是)?不是\s*(?P<wrong>[^是，,。\s]{1,20}?)\s*[，,。]?\s*(?:而|应该|，)?\s*是(?:在)?\s*(?P<right>\S.{0,40})"
)

RANTS = re.compile(
    "废物|饭桶|草包|蠢货|畜生|禽兽|混蛋|混账|王八蛋|狗[官屁]|狗东西|狗日的|杂种|人渣|败类|吃干饭|白吃饭|吃屎|不要脸|良心|他?妈的|傻[逼b]"
    "|脑残|智障|老百姓的?死活|屁用|放屁|不得好死|天打雷劈|当官的|纳税人|王法|天理|骗鬼|摆设|干什么吃的|idiot|useless|stupid|shit|fuck"
)
"""What is said in anger, whatever it is about."""
OF_ONESELF = re.compile("我(?!们).{0,4}(?:废物|饭桶|草包|蠢货|畜生|人渣|智障|脑残|不要脸|没良心)")
"""我就是个废物 is said in despair."""

TWO = re.compile(
    r"[，,。；;、\s]*(?:还有(?:一件|个|就是)*|另外(?:还有)?|再就是|再一个|再有|顺便(?:说|反映)?(?:一下)?|\balso\b)[，,：:\s]*"
)
"""Between two things that are told in one breath."""
NOT_SO = re.compile(
    r"(?:不对|不是的?|错了|(?:说|搞|弄|点|选|写|报)错了?)[，,。！!\s]*(?:了|我说的|应该|其实)*是(?P<right>[^吗？?]{2,20})"
)
"""不对，是井盖."""


@cache
def ways_of_saying() -> tuple[tuple[Plain, re.Pattern[str]], ...]:
    """Each meaning and what it is said by, in the order in which they count; read when the first words come."""
    found: dict[Plain, list[str]] = {}
    plain = Plain.NOTHING
    for line in SPELT.read_text("utf-8").splitlines():
        if line.startswith("=="):
            plain = Plain(line.split()[1])
        elif line and not line.startswith("#"):
            found.setdefault(plain, []).append(line)
    return tuple((plain, re.compile("|".join(lines))) for plain, lines in found.items())


def bare(words: str) -> str:
    """The words without signs, spaces and capitals; signs of help alone are a word."""
    if words.strip() and CRIES.issuperset(words.replace("\ufe0f", "").replace(" ", "")):
        return "sos"
    return "".join(sign for sign in unicodedata.normalize("NFKC", words).casefold() if sign.isalnum())


def urges_plainly(plain: Plain, words: str) -> bool:
    """催 is said of a case that is there already; 快点 may belong to what is being told."""
    return plain is Plain.URGE and "催" in words


def nth(said: str) -> int | None:
    """1, 第二个, 选3: which of those that are offered, from 0 on."""
    found = NTH.fullmatch(said)
    return PLACES.index(found[1]) % MOST_OFFERED if found else None


def plain_of(words: str) -> Plain | None:
    """What these words mean that tell nothing; None for anything that may be a story."""
    said = bare(words)
    if len(said) > LONGEST:
        return None
    if wants_no_calls(words) and len(without(WRITES, said)) <= MORE_THAN_WISH:
        return Plain.NO_CALLS
    cut = ENDS.sub("", said) or said
    ways = dict.fromkeys((said, cut, BEFORE.sub("", cut), ENDS.sub("", SPANS.sub("", cut)) or cut))
    return next((plain for plain, known in ways_of_saying() if any(known.fullmatch(way) for way in ways)), None)


def hints_at_own(words: str) -> bool:
    """Whether short words may be about a case that was reported before; it is asked then."""
    said = bare(words)
    return len(said) <= LONGEST_HINT and HINTS.search(said) is not None


def wants_secrecy(words: str) -> bool:
    """Whether somebody asks, among other words, that nobody hears who said it."""
    return says(KEEPS_SECRET, bare(words))


def wants_no_calls(words: str) -> bool:
    """Whether somebody asks, among other words, to be written to and not called."""
    return says(WRITES, bare(words))


def rants(words: str) -> bool:
    """Whether somebody is angry, among other words or without any."""
    said = bare(words)
    return RANTS.search(said) is not None and OF_ONESELF.search(said) is None


def put_right(words: str) -> tuple[str, str] | None:
    """不是3栋 是5栋: what is wrong and what is right."""
    found = NOT_BUT.fullmatch(words.strip(" 。.！!"))
    return (found["wrong"].strip(), found["right"].strip()) if found else None


def two_in(words: str) -> tuple[str, str] | None:
    """Two things told in one breath, apart: 路灯坏了，还有垃圾没人倒."""
    parts = TWO.split(words, 1)
    return (parts[0], parts[1]) if len(parts) == 2 else None


def told_for(words: str) -> str | None:
    """Whom it is told for (帮王大爷报一下); empty where no name is said, None where it is for nobody else."""
    found = FOR_ANOTHER.search(words)
    if found is None:
        return None
    who = found["who"].strip().removeprefix("我").removeprefix("的")
    if not ELDERS.search(who):
        return None
    return "" if who in PRONOUNS else who


def meant_instead(words: str) -> str | None:
    """不对，是井盖: what is meant instead of what was chosen."""
    found = NOT_SO.fullmatch(words.strip(" 。.！!"))
    return found["right"] if found else None


def says(patterns: Iterable[re.Pattern[str]], said: str) -> bool:
    """Whether bare words hold what one of these patterns says."""
    return any(known.search(said) for known in patterns)


def without(patterns: tuple[re.Pattern[str], ...], said: str) -> str:
    """What is left of words when all that is said by these patterns is taken out."""
    for known in patterns:
        said = known.sub("", said)
    return said
