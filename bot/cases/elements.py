"""四要素: what a result must tell - when it was taken up, who was spoken to, what was done, until when.

Read from the words by fixed lists, so that the same words are always judged alike and anybody can see why. Rather too
lenient than too strict: a person verifies what passes here.
"""

import re
from enum import StrEnum

from bot.cases.case import Case
from bot.cases.conditions import is_advice, is_praise

ASKED_AT_MOST = 2
"""So often what is missing is asked for; then the result goes on, marked as incomplete."""


class Element(StrEnum):
    """What is looked for in the words. When it was taken up (受理时间) is known from the signing."""

    TAKEN_UP = "taken_up"
    SPOKEN = "spoken"
    DONE = "done"
    UNTIL = "until"


_DIGIT = r"[0-9０-９一二三四五六七八九十两半]"
_WHO = (
    "居民|村民|业主|住户|户主|房东|租客|租户|上报人|反映人|诉求人|来电人|投诉人|报修人|当事人|双方|对方|本人|家属|家人|老人|家长|群众|"
    "店主|商户|商家|摊主|老板|经营户|车主|司机|物业|业委会|施工|工地|公司|单位|部门|社区|村委|居委|学校|厂|局|办|所|队|站|"
    "负责人|经理|书记|主任|师傅|老师|先生|女士|阿姨|大爷|大妈|奶奶|爷爷|叔叔|大哥|大姐|同志|志愿者|他|她|其|老?[王李张刘陈杨赵黄周吴徐孙]"
)
_TALK = (
    "沟通|联系|联络|交流|商量|协商|商定|商议|对接|核实|确认|说明|解释|解答|答复|回复|回电|反馈|告知|告诉|通知|致电|打电话|电话|"
    "走访|上门|入户|询问|劝说|劝导|劝离|约谈|约好|约定|约见|调解|座谈|谈|讲(?!的)|说(?!的)|见面|当面|道歉|配合"
)
_NOT = r"(?:没有|没|未|尚未|还没|无需|不用|不必|暂不)"
_UNSPOKEN = re.compile(
    rf"{_NOT}(?:再|去|能|与|和|跟|同|向|给){{0,2}}[^，。；,;\n]{{0,6}}?(?:沟通|联系|告知|通知|答复)(?![上到])"
)
_SPOKEN = re.compile(
    rf"(?:与|和|跟|同|向|给|对|找|请|陪)[^，。；,;\n]{{0,14}}?(?:{_TALK})"
    rf"|(?:{_TALK})(?:了|过|到|上|好|给)?[^，。；,;\n]{{0,6}}?(?:{_WHO})"
    rf"|(?:{_WHO})[^，。；,;\n]{{0,8}}?(?:{_TALK}|表示|同意|认可|满意|签字|知晓|理解)"
    r"|(?:电话|当面|微信|短信|上门|入户|现场)(?:已|里|中)?(?:沟通|联系|告知|说明|解释|答复|回复|通知|核实)"
)

_LABEL = re.compile(r"解决(?:措施|时限|办法|方式)")
"""Their names tell nothing of it."""

_ALONE = re.compile(r"(?:现场|当时|周围|旁边)(?:没有|没|无)(?:别|其他|旁)?人")
"""Who settles a find on the spot may have nobody to speak to."""

_DEEDS = (
    "更换|维修|修理|修复|修缮|修剪|修补|抢修|检修|清理|清除|清运|清扫|清洗|清淤|清走|打扫|冲洗|拆除|拆掉|安装|加装|增设|新增|设置|设立|"
    "补齐|补种|补漏|补发|移走|移开|移除|搬走|搬离|挪走|挪开|拖走|拖离|疏通|疏导|抽水|排水|堵漏|焊接|加固|固定|扶正|填平|填埋|铺设|平整|"
    "硬化|施划|划线|粉刷|涂刷|擦除|喷洒|消杀|灭鼠|砍伐|砍掉|扑灭|灭火|处罚|罚款|责令|整改|停业|停工|关停|查封|扣押|取缔|立案|警告|"
    "批评|教育|劝离|劝阻|劝导|劝止|制止|阻止|叫停|调解|达成|和解|退款|退还|退费|支付|垫付|结清|赔偿|赔付|发放|登记|备案|受理|办理|帮办|代办|救助|救出|"
    "送医|送往|送回|护送|陪同|安置|安抚|带离|驱离|捕捉|捕获|收走|收容|关闭|打开|重启|复位|恢复|调整|降低|停用|断电|停电|送电|通电|接线|"
    "布线|供水|止水|围挡|围起|围住|封闭|封堵|拉线|警戒|警示|张贴|巡查|巡逻|检查|检测|排查|查看|勘查|化验|测量|监测|盯守|值守|值班|蹲守|"
    "协助|指导|讲解|宣传|公示|提醒|签订|签约|立牌|上锁|换锁|开锁|浇水|除草|捡拾|转运|回收|加油|充气|上报|移交|报警|重新"
)
_HANDS = (
    "换修清拆装补移铲疏扫洗刷堵焊填铺挪搬拖剪砍关贴立围封埋捞抽倒送退付发扶擦喷劝抓捉拉架挖盖锁调接灭收除锯磨钉绑支撑查"
)
_ENDS = "了好掉完净走开上平除复成回离过到正毕整紧直新齐住牢出下"
_DONE = re.compile(rf"{_DEEDS}|(?<!沟)(?<!联)[{_HANDS}](?:[{_ENDS}]|干净|通(?![知告报过]))")

_UNTIL = re.compile(
    rf"已(?:经)?(?:全部|当场|及时)?(?:{_DEEDS}|[{_HANDS}])"
    r"|完成|完工|完毕|竣工|办结|办完|办好|解决|结束|到位|恢复|(?<![没不])(?:修|换|装|清|理|拆|弄|搞|整|补|接|疏|调|处)[好完通妥]"
    r"|已[好亮通净走完停平干]|(?:好|亮|通|净|走|完|结清|停)了|(?:干净|正常|平整|畅通|达标)"
    rf"|{_DIGIT}{{1,4}}\s?[年月日号天周点时]|{_DIGIT}{{1,3}}\s?(?:个\s?)?(?:小时|钟头|分钟|工作日|星期|礼拜|月)"
    r"|\d{1,4}[-/.]\d{1,2}|\d{1,2}[:：]\d{2}"
    r"|今天|今日|今晚|当天|当日|当晚|当场|现场立即|昨天|昨日|明天|明日|后天|上午|下午|中午|傍晚|凌晨|晚上|早上|早晨|夜里"
    r"|本周|这周|下周|周末|周[一二三四五六日天]|星期[一二三四五六日天]|本月|下月|下个月|月底|月初|年底|年前|节前|季度"
)

_IN_ENGLISH = {
    Element.SPOKEN: re.compile(
        r"\b(?:sp[eo]ak|spoke|talk|call|phon|t[eo]ld|inform|contact|agree|ask|met|explain|advis|warn|thank)(?:ed|en|s|d)?\b"
        r"|\bin touch\b",
        re.IGNORECASE,
    ),
    Element.DONE: re.compile(
        r"\b(?!need|want|wait|ask|call|phon|talk|inform|contact|agree|explain|thank)[a-z]{2,}ed\b"
        r"|\b(?:put|set|took|taken|cut|shut|swept|built|made|brought|dug|drove|sent|gave|paid|laid|rebuilt|reset|hung)\b",
        re.IGNORECASE,
    ),
    Element.UNTIL: re.compile(
        r"\b(?:done|finished|completed|solved|works again|today|tonight|tomorrow|yesterday|at once|now|already"
        r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:this|next) (?:week|month))\b"
        r"|\d{1,2}[:.]\d{2}|\d{1,2}[-/.]\d{1,2}"
        r"|\b\d{1,2} ?(?:am|pm|hours?|days?|weeks?|jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)",
        re.IGNORECASE,
    ),
}
"""A unit whose group reads English answers in English."""

_NOTHING = re.compile(
    r"(?:[该此这本上述那]?个?(?:问题|事项|事情|事|工单|诉求|情况|投诉|案件|件)?"
    r"(?:已经|已|都|均|正在|正|现|目前|现在|马上|立即|尽快|及时|抓紧|会|将|在|全部|依法|按要求|按规定|进行)*"
    r"(?:处理|处置|办理|办结|解决|完成|协调|整改|落实|安排|转办|交办|派人|联系|沟通|核实|跟进|反馈|答复|回复|知悉|知晓|知道|收到|阅|属实)"
    r"(?:完毕|完成|完|好|到位|结束|过|情况)*(?:了|啦|中|的)*)+"
    r"|(?:好的?|行|可以|嗯+|哦|是的?|对|无|没有?|没问题|同意|收到|谢谢|感谢|辛苦了?|ok|okay|yes|done|您好|你好|测试|试试|\d)+",
    re.IGNORECASE,
)
_MARKS = re.compile(r"[\s\W_]+")
_PHRASE_AT_MOST = 40
"""Characters; whoever writes more says something."""


def says_nothing(words: str) -> bool:
    """Whether the words are only a phrase that fits every case (已处理, 收到, 正在协调)."""
    bare = _MARKS.sub("", words)
    return not bare or (len(bare) <= _PHRASE_AT_MOST and _NOTHING.fullmatch(bare) is not None)


def lacking(case: Case, words: str) -> tuple[Element, ...]:
    """The elements that a result does not tell, in their order; none for 咨询 and 表扬, which are answered in words."""
    if is_advice(case) or is_praise(case):
        return ()
    taken_up = () if case.accepted_at is not None else (Element.TAKEN_UP,)
    return (*taken_up, *untold(words))


def untold(words: str, *, alone: bool = False) -> tuple[Element, ...]:
    """What words do not tell of the elements that only words can tell. `alone`: perhaps nobody was there to talk to."""
    has = {
        Element.SPOKEN: _SPOKEN.search(_UNSPOKEN.sub("", words)) or (alone and _ALONE.search(words)),
        Element.DONE: _DONE.search(words),
        Element.UNTIL: _UNTIL.search(_LABEL.sub("", words)),
    }
    return tuple(one for one, there in has.items() if not there and not _IN_ENGLISH[one].search(words))


def answers(element: Element, words: str) -> bool:
    """Whether words answer the question for one element, asked by itself: anything but an empty phrase does.

    Of whom somebody spoke with "没有" is an answer too.
    """
    return element is Element.SPOKEN or element not in untold(words) or not says_nothing(words)
