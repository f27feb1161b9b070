"""Danger in a draft, and what is said of it in a word or two: yes, no, taken back, whether the call got through."""

import re
from datetime import timedelta
from enum import StrEnum

from bot.cases.case import Colour
from bot.cases.draft import Draft
from bot.cases.matter import Matter

ASK_AFTER = timedelta(minutes=1)
"""So long after the numbers it is asked whether the call got through."""

END_AFTER = timedelta(minutes=10)
"""So long nothing is said by somebody in danger, and what was said is a report as it is."""

ANSWERED_WITHIN = timedelta(hours=2)
"""So long a word like 没打通 is an answer to that question."""

LONGEST = 14
"""Characters of a mere answer; more than that tells something."""

NUMBERS_EVERYWHERE = ("110", "119", "120")

BY_TEXT = "12110"
"""The police, by text message."""


class Through(StrEnum):
    """Whether the call got through."""

    YES = "yes"
    NO = "no"
    SAFE = "safe"


ENDING = re.compile(r"[\s。.！!，,？?、~～…]+|(?<=.)[啊呀吧呢哦噢喔嘛啦哈哟的了]+$")
YES = re.compile(
    "(?:有|是|对|嗯|还有|还在|在|有一?点|有一?点?危险|有些|很?危险|还有危险|正在|正在发生|有正在发生|还在烧|在烧|怕|很怕)"
    "|yes|yeah|y|still|(?:a )?(?:bit|little)|danger|dangerous|it is|ongoing"
)
UNSURE = re.compile(
    "(?:我也?)?(?:不知道|不清楚|说不清|说不清楚|说不准|不好说|不晓得|晓不得|不确定|搞不清楚?|吃不准|难说|不太清楚|没看清楚?)"
    "|(?:可能|也许|应该|好像|大概)(?:还?有|会有|有危险)?|(?:i )?(?:do not|don't|dont) know|not sure|maybe|perhaps"
)
NO = re.compile(
    "(?:现在|暂时|应该|目前|已经)?(?:没有?|无|不|莫得|没得)(?:什么|啥)?(?:大?危险)?|没什么|不是|没事|没事情?|人没事"
    "|(?:现在|很|已经)?安全|哪有危险|not? ?(?:danger)?|none|safe|(?:it is |it's |its )?(?:safe|over|fine)(?: now)?"
)
WHAT = re.compile("(?:什么|啥|哪样|哪种|哪个|何种)(?:样的?)?(?:危险|意思)|危险是什么|what danger|what do you mean")
NOT_THROUGH = re.compile(
    "没打通|打不通|不敢(?:打|说)|不方便打|没法打|没有打通|不通|没人接|没有人接|无人接|占线|忙音|打不出|没打|打不了|不会打|不能打|没信号|没有?手机"
    "|没有?电话|没话费|停机|关机|could ?n[o']t get|did ?n[o']t get|not through|no answer|nobody answers|busy|no phone"
)
GOT_THROUGH = re.compile(
    "打通|通了|接通|有人接|接了|打了|打过|已打|报警了|报过警|已报警|已经报警|说了|got through|called|answered|done"
)
NOW_SAFE = re.compile(
    "没事|安全|好了|没危险|没有危险|灭了|救出来|不用了|回来了|找到了|fine now|safe|all right|over now"
)
OVER = re.compile(
    "没事|没有?危险|平安|(?:^|已经?|都|火|被)灭|扑灭|救出来|救上来|醒过?来|(?:人|回|找)(?:找?到|回来)了|不用来|脱险|送(?:到|去)?医院了"
    "|all (?:is )?(?:well|right|safe)|safe now|found (?:him|her|them)|no danger|it is over"
)
LONGEST_NEWS = 30
"""Characters of good news that are no new report."""
ASIDES = re.compile("谢谢|多谢|电话|已经?|刚才?|我们?|一直|都|还|就|119|110|120|122|thank you|thanks|the|call|we|i")
MORE = 3
"""So many signs beside a mere answer tell something."""
TAKEN_BACK = re.compile(
    "搞错|弄错|看错|听错|想错|认错|误会|虚惊|误报|发错|打错字|开(?:个|的)?玩笑|逗你|骗你|哄你|耍你|唬你|闹着玩|玩玩(?:的|而已)|说着玩|恶作剧|愚人节|没(?:有)?这回事|没那回事|吓(?:唬)?你们?的"
    "|我是?试试|测试|假的|不是真的|瞎说|乱说"
    "|没有?着火|没有?起火|没火|不是着?火|没有?漏气|不是煤气|没有?危险|没事了|没事$|不要紧了|已经?灭|灭了|找到了|回来了"
    "|false alarm|my mistake|i was wrong|not (?:a |on )?fire|no fire|no danger|it'?s fine|all fine"
    "|just kidding|a joke|a prank"
)
SURE = re.compile(
    "(?:真的?|确实|是的?|嗯|对)?(?:没事|没有|没有?危险|不报了?|不用了?)|真的|是|对|嗯"
    "|yes|i am sure|sure|no danger|it'?s fine"
)


def bare(words: str) -> str:
    """A word or two without signs and the little words at their end: 没有危险啊。 is 没有危险."""
    plain, before = words.strip().lower(), ""
    while plain != before:
        before, plain = plain, ENDING.sub(lambda found: " " if found[0].isspace() else "", plain).strip()
    return plain


def in_danger(draft: Draft, matter: Matter | None) -> bool:
    """Whether somebody must hear of it at once: danger was told, or the matter is red and nobody said there is none."""
    if draft.danger is not None:
        return draft.danger
    return matter is not None and matter.colour is Colour.RED


def danger_possible(matter: Matter) -> bool:
    """Whether it is worth asking if there still is danger: a colour alone (十人以上欠薪) does not say so."""
    return matter.colour is Colour.RED or (matter.colour is Colour.YELLOW and bool(matter.danger_words))


def still_danger(words: str) -> str | None:
    """The answer to 现在还有危险吗: yes, no, or what (they ask back). Who cannot say may be in danger: yes."""
    said = bare(words)
    if WHAT.fullmatch(said):
        return "what"
    if YES.fullmatch(said) or UNSURE.fullmatch(said):
        return "yes"
    return "no" if NO.fullmatch(said) else None


def got_through(words: str) -> Through | None:
    """The answer to 打通了吗. Longer words are more than an answer."""
    said = bare(words)
    if not 0 < len(said) <= max(LONGEST, 3 * LONGEST * said.isascii()):
        return None
    if NOT_THROUGH.search(said) or said in {"没", "没有", "no", "not yet"}:
        return Through.NO
    if NOW_SAFE.search(said):
        return Through.SAFE
    return Through.YES if GOT_THROUGH.search(said) or said in {"通", "是", "嗯", "yes"} else None


def is_over(words: str) -> bool:
    """Whether short words say that it is all right again, long after the numbers were said: 人找到了, 火灭了."""
    said = bare(words)
    return 0 < len(said) <= LONGEST_NEWS * (1 + said.isascii()) and OVER.search(said) is not None


def tells_more(words: str) -> bool:
    """Whether words say more than whether the call got through: 打通了，警察在找."""
    rest = bare(words)
    for known in (NOT_THROUGH, NOW_SAFE, GOT_THROUGH, ASIDES):
        rest = known.sub("", rest)
    return len("".join(sign for sign in rest if sign.isalnum())) >= MORE


def takes_back(words: str) -> bool:
    """Whether words say that there was no danger after all (whoever asks has heard no new danger in them)."""
    return TAKEN_BACK.search(words.lower()) is not None


def really_fine(words: str) -> bool | None:
    """The answer to 真的没事了吗: yes, no (there is danger), or something else."""
    said = bare(words)
    if SURE.fullmatch(said):
        return True
    return False if still_danger(words) == "yes" else None


def next_number(numbers: tuple[str, ...] | list[str]) -> str:
    """Whom to call if the first number does not answer; where only the police can help, they are written to."""
    if list(numbers) == ["110"]:
        return BY_TEXT
    others = [one for one in (*numbers[1:], *NUMBERS_EVERYWHERE) if one != numbers[0]] if numbers else ["110"]
    return others[0]
