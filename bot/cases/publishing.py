"""办结公示: which results may be offered for publishing, and how what names somebody is taken out of the words."""

import re
from collections.abc import Collection

from bot.cases.case import Case, Status, Visibility
from bot.cases.conditions import is_advice

NEVER = frozenset("CEF")
"""Groups of the catalogue whose results are nobody's business: crimes, care of people, disputes."""

LONGEST = 600
"""UTF-16 units of a published text."""

SHOWN_RESULT = 300
"""So much of a result goes into the draft."""

OVER = frozenset({Status.CLOSED, Status.ARCHIVED})


def may_be_published(case: Case, visibility: Visibility) -> bool:
    """Whether a result may be offered; `visibility` is that of the matter now, maybe stricter than the case's."""
    secret = case.confidential or visibility is Visibility.CONFIDENTIAL
    if secret or case.matter[:1] in NEVER or is_advice(case):
        return False
    return case.status in OVER and bool(case.result) and case.resolved_at is not None


SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛范彭郎鲁韦马苗凤花俞袁柳鲍史唐"
    "费廉岑薛雷贺倪汤滕殷罗毕郝邬乐傅皮卞齐康伍余卜顾孟黄穆萧尹姚邵汪毛禹狄戴宋庞熊纪舒屈项祝董梁杜阮蓝季贾江颜郭梅林"
    "钟徐邱骆夏蔡田樊胡凌霍万柯卢莫房裘缪解应丁宣邓郁杭洪包左石崔吉龚程邢裴陆翁荀曲侯全班秋仲伊宁仇祖武符刘景詹龙叶司"
    "黎溥印白怀卓蔺屠池乔胥苍闻党翟谭贡申冉郦桑桂牛尚温庄晏瞿阎慕连艾鱼容戈廖衡步耿匡文寇欧沃聂辛饶曾沙丰关查游权盖岳"
)
_NUMBER = r"[0-9０-９A-Za-z一二三四五六七八九十百零两]{1,5}"
_TITLE = (
    "先生|女士|小姐|奶奶|爷爷|大爷|大妈|大娘|阿姨|叔叔|大叔|大哥|大姐|老师|师傅|老太|老伯|伯伯|婆婆|书记|主任|经理|某"
)
_SOMEBODY = "联系人|姓名|业主|住户|居民|上报人|反映人|当事人|报修人|户主|租客|店主|老板"
_ENDS = r"(?=$|[\s，。、；：！？,.;:!?（(）)的反表说称同等及和家])"
_DATE = r"(?:19|20)\d\d\s?[-./年]\s?\d{1,2}\s?[-./月]\s?\d{1,2}"
_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"https?://\S+|www\.\S+|[\w.+-]+@[\w-]+\.[\w.]+|@\w{3,}"), "（略）"),
    (re.compile(r"((?:微信|QQ|qq|VX|vx)号?[:：]?\s*)[A-Za-z0-9][\w-]{4,}"), r"\1（略）"),
    (
        re.compile(
            rf"(?<![\d年月])(?!{_DATE})(?:\+?86[-\s]?)?(?:[(（]0\d{{2,3}}[)）]\s?)?\d(?:[-－—\s.·]?\d){{6,}}[Xx]?"
        ),
        "（号码略）",
    ),
    (re.compile("[零〇一二三四五六七八九幺]{7,}"), "（号码略）"),
    (
        re.compile(
            r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领]\s?[A-Za-z]\s?[·•.\s-]?\s?"
            r"(?=[A-Za-z0-9]{0,5}\d)[A-Za-z0-9]{4,6}[挂学警港澳]?"
        ),
        "（车牌略）",
    ),
    (
        re.compile(
            rf"(?:{_NUMBER}\s?(?:号楼|栋|幢|座|号院|#|单元|弄)\s?)+(?:{_NUMBER}\s?(?:号楼|栋|幢|单元|楼|层)\s?)*"
            r"(?:[0-9０-９]{2,4}\s?[室号户]?)?(?:[东西南北中]户)?"
        ),
        "某处",
    ),
    (re.compile(r"(?<!\d)\d{1,3}[-－—#]\d{1,2}[-－—#]\d{2,4}(?!\d)"), "某处"),
    (re.compile(rf"[0-9０-９]{{2,4}}\s?室|{_NUMBER}\s?[楼层](?:[东西南北中]户|[0-9]{{2,4}}室?)"), "某处"),
    (re.compile(r"((?:路|街|巷|弄|村|道|组)\s?)[0-9０-９]{1,4}\s?号(?:之[0-9一二三四五六七八九十]+)?"), r"\1某处"),
    (re.compile(rf"(?<!某)[{SURNAMES}][\u4e00-\u9fff]{{0,2}}?({_TITLE})"), r"某\1"),
    (re.compile(rf"((?:{_SOMEBODY})[:：]?\s?)[{SURNAMES}][\u4e00-\u9fff]{{1,2}}?{_ENDS}"), r"\1某某"),
)
"""What is looked for and what stands there instead, in this order. Rather too much than too little: people read it
before it leaves, and can write it again."""


def masked(words: str, names: Collection[str] = ()) -> str:
    """The words without telephones and other numbers of people, plates, doors, links and names.

    `names` are known ones (of those who did the work). Safe to repeat.
    """
    for name in sorted((one for one in names if len(one) > 1), key=len, reverse=True):
        words = words.replace(name, "工作人员")
    for pattern, instead in _RULES:
        words = pattern.sub(instead, words)
    return words
