"""Whether a danger that was named is real and present: not denied, supposed, practised, praised, long ago or over."""

import re

from bot.cases.matter import Found

CLAUSE_END = re.compile("[。！？!?；;，,、…~～ \n]")
SENTENCE_END = re.compile("[。！？!?；;\n]")
DENIALS = "没有|没|不是|并未|并无|未|无|不存在|别|勿|不要|禁止|严禁|防止|预防|防|避免|以免|免得|杜绝"
CAUTIONS = "小心|当心|注意|反|差点|差点儿|差一点|险些"
FILLER = "异|明显|任何|再|发现|发生|出现|看到|看见|见到|闻到|闻见|听说|听到|什么|啥|真的|真|人"
NEGATED = re.compile(f"(?:{DENIALS}|{CAUTIONS})(?:{FILLER})*$")
SUPPOSED = re.compile(
    "(?:万一|如果|要是|假如|一旦|以防|生怕|就怕|担心|害怕|怕|唯恐).{0,8}$"
    "|(?:随时|迟早|早晚|容易|搞不好|弄不好|说不定|会不会).{0,4}$"
    "|(?:就|真|才|也|都|很|将|不|肯定|可能|极易|容易|老)会.{0,2}$"
)
NOT_REAL = re.compile(
    "演练|演习|培训|讲座|宣传|知识|海报|标语|预案|保险|游戏|电影|电视剧|小说|段子|做梦|梦见|虚惊|误报|谣言|辟谣"
    "|感谢|表扬|锦旗|点赞|多亏|幸亏"
)
REAL = re.compile("不是演[练习]|真的|真着|快来|救命")
LONG_AGO = re.compile(
    "去年|前年|上次|上个?月|上周|上星期|上礼拜|以前|之前|曾经|前几天|前段时间|前阵子|当年|那年|那次|小时候|年前"
    "|昨天|昨晚|昨夜|前天|前晚|那天|老早"
)
STILL = re.compile("现在|又|还在|正在|正|刚|今天|今早|今晚|这会儿|至今|到现在|还没|一直|仍|快来|救命")
OVER = re.compile(
    "(?<![没未])(?:扑灭|灭了|灭掉|浇灭|熄了|熄灭|处理好|处理完|处理了|修好|脱险|找到了|找着了|回来了|没事了|解决了"
    "|控制住|平息|散了|关好了|关了|劝好|劝开|和好|送回家)"
)


def present(plain: str, found: Found, lasts: bool) -> bool:
    """Whether a danger is told as real and now: not denied, supposed, practised, long ago or over.

    A danger that lasts (a missing person) is no less one for having begun yesterday.
    """
    if any(denied(plain, start) for start in found.starts):
        return False
    first = last_end(SENTENCE_END, plain, found.start)
    stop = SENTENCE_END.search(plain, found.end)
    sentence = plain[first : stop.start() if stop else len(plain)]
    if NOT_REAL.search(sentence) and not REAL.search(sentence):
        return False
    if OVER.search(plain, found.end, found.end + 16):
        return bool(STILL.search(plain, found.end, found.end + 30))
    return lasts or not LONG_AGO.search(sentence) or bool(STILL.search(sentence))


def denied(plain: str, start: int) -> bool:
    """Whether the clause denies or only supposes what begins at `start`."""
    clause = plain[last_end(CLAUSE_END, plain, start) : start]
    return bool(NEGATED.search(clause) or SUPPOSED.search(clause))


def last_end(ends: re.Pattern[str], plain: str, before: int) -> int:
    """Where the clause or sentence begins that holds the place `before`."""
    at = 0
    for end in ends.finditer(plain, max(0, before - 80), before):
        at = end.end()
    return at or max(0, before - 80)
