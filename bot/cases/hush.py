"""Whoever must not be heard, or cannot call: heard in their words, answered in writing only, without a sound."""

import re
from datetime import timedelta
from enum import StrEnum
from functools import lru_cache

from bot.cases.plain_words import bare, says, without

QUIET_FOR = timedelta(hours=72)
"""So long nothing that we send to somebody who must not be heard makes a sound; each such word counts anew."""

AT_ONCE = 4
"""So many words are remembered with what they say: of one message it is asked again and again."""

BESIDE = 4
"""Fewer signs beside such words tell nothing."""
ALONE = 2
"""Fewer beside 他在外面, or it is part of a story."""


class Hush(StrEnum):
    """Why somebody writes and does not call: must not be heard by who is near, or cannot hear, speak or call."""

    HIDDEN = "hidden"
    MUTE = "mute"


_CANNOT = "(?:不能|不敢|不便|不方便|没法|没办法|不可以|不好)"
_ONE = "(?:他们|她们|它|他|她|坏人|那人|那个人|对方|男的|老公|丈夫|男人|前夫|爸爸|我爸|儿子)"
_NEAR = "(?:旁边|身边|边上|跟前|隔壁|门口|门外|外面|外头|客厅|屋里|家里|房里|对面|后面|车上|床上|里面)"

NEAR = (
    re.compile(f"{_ONE}(?:人|就|还|正|现在|一直)*(?:在|守在|站在|躺在|坐在|睡在)(?:我|我们|我家)?(?:的)?{_NEAR}"),
    re.compile(f"(?:怕|别让|不能让|不要让|莫让|被){_ONE}.{{0,4}}(?:听见|听到|发现|看见|看到|知道我)"),
    re.compile(f"{_ONE}(?:会|能|要|可能会?)(?:听见|听到|发现|看见|看到)"),
    re.compile(f"(?:躲|藏)(?:在|着|进|到).{{0,12}}{_CANNOT}|{_CANNOT}.{{0,6}}(?:躲|藏)(?:在|着)"),
    re.compile(
        r"(?:he|she|they)(?:is|s|are|re)(?:here|nextto|beside|intheroom|inthehouse|outside|inthenextroom|behind)"
    ),
    re.compile(r"(?:he|she|they)(?:will|ll|can|could|might)(?:hear|see|find)|(?:must|can)no?t?(?:not)?hear"),
)
"""Somebody is near who must not hear it."""
HIDDEN = (
    re.compile(f"{_CANNOT}(?:大声)?(?:说话|讲话|出声|发声|吭声|作声|开口|说出来|发出声音)"),
    re.compile(r"(?:别|不要|莫)(?:出声|吭声|作声|发出声音|响铃)|^嘘+|(?:别|不要)让(?:手机|电话)(?:响|出声)"),
    re.compile(
        r"(?:只能|只好|只敢|偷偷|悄悄|偷着|躲着|藏着)(?:地|的)?(?:给你们?|跟你们?)?(?:打字|发字|发文字|发消息|发信息|发短信|写字)"
    ),
    re.compile("(?:不敢|不便|不方便)(?:给你们)?(?:打|接|拨|报)(?:你们)?的?(?:个)?(?:电话|110|120|119|手机|警)"),
    re.compile(r"(?:can|could)(?:no|not)?t(?:talk|speak|makenoise)|darenot(?:talk|speak|call)"),
    re.compile(r"(?:afraid|scared)to(?:talk|speak|call)|canonly(?:text|type|write)|(?:be|keep)quiet(?:please)?$"),
)
"""Whoever says this must not be heard, whatever else they tell."""
MUTE = (
    re.compile(
        r"(?:我|本人)(?:是|们是|有点)?(?:一个)?(?:聋|哑|听障|听力障碍|语言障碍)|我(?:耳朵|听力).{0,3}(?:聋|听不见|听不到)"
    ),
    re.compile(
        "(?:不能|打不了|没法打|没办法打|打不出去?|不会打)(?:打|接)?的?(?:电话|110|120|119|手机)|(?:没有?|停)(?:话费|机)"
    ),
    re.compile(r"i(?:am|m)(?:deaf|mute)|(?:can|could)(?:no|not)?t(?:call|phone)|nocredit"),
)
"""Whoever says this cannot call."""
CALLS = re.compile(r"[，；,;]?\s*(?:马上|快|再|就|and)?\s*(?:打|call)\s*\d{3,5}[^，。；,.;]*", re.IGNORECASE)
"""In a line of advice: to call somewhere."""
_TELLS_NOTHING = re.compile(
    "别打电话|不要打电话|我|了|的|呢|啊|呀|吧|救救?|帮帮?|现在|就|dontcall|please|help|me|and|i"
)
AFRAID = re.compile(r"(?:不敢|不能|不方便|不便|没法|怕)(?:啊|呀|的|打|说|讲|出声)*|dare not|i (?:can't|cannot|can not)")
"""The answer to 打通了吗 of whoever must not be heard."""


@lru_cache(AT_ONCE)
def hush_in(words: str) -> Hush | None:
    """Why somebody writes and does not call, if these words say so."""
    said = bare(words)
    if says(HIDDEN, said):
        return Hush.HIDDEN
    mute = says(MUTE, said)
    if says(NEAR, said) and (mute or len(_beside(NEAR, said)) < ALONE or "别打电话" in said or "dontcall" in said):
        return Hush.HIDDEN
    return Hush.MUTE if mute else None


def somebody_near(words: str) -> bool:
    """Whether somebody is near who must not hear it: that is danger, whatever it is."""
    return says(NEAR, bare(words))


def tells_nothing_else(words: str) -> bool:
    """Whether only that is said: what is wrong, nobody can know."""
    return len(_beside((*HIDDEN, *NEAR, *MUTE), bare(words))) < BESIDE


def is_afraid(words: str) -> bool:
    """Whether a short answer says that they do not dare to call."""
    return AFRAID.fullmatch(words.strip(" 。.！!，,").lower()) is not None


def without_calls(line: str) -> str:
    """A line of advice for whoever cannot call: 先离开，马上打119。 is 先离开。; empty where it only says to call."""
    left = CALLS.sub("", line).strip("，；,; ")
    return left if len(left.strip("。.")) > 1 else ""


def _beside(patterns: tuple[re.Pattern[str], ...], said: str) -> str:
    """What is told beside these, without what tells nothing."""
    return _TELLS_NOTHING.sub("", without(patterns, said))
