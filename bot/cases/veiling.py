"""What residents say, as those read it who need not know people: without numbers, plates, names and their doors."""

import re
import unicodedata

from bot.cases.publishing import SURNAMES

DIGIT = "[0-9零〇一二三四五六七八九幺壹贰叁肆伍陆柒捌玖]"
BETWEEN = r"[-－—–\s.·()（）]{0,2}"
RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<![0-9])(?<![0-9][\s-])[0-9](?:[\s-]?[0-9]){14,18}[Xx]?(?![\s-]?[0-9])"), "（号码略）"),
    (re.compile(rf"(?<![0-9])(?:\+?86{BETWEEN})?[1一幺壹](?:{BETWEEN}{DIGIT}){{10}}(?!{DIGIT})"), "（号码略）"),
    (re.compile(r"(?<![0-9])[(（]?0[0-9]{2,3}[)）]?[\s-]?[2-9](?:[\s-]?[0-9]){6,7}(?![0-9])"), "（号码略）"),
    (re.compile(r"(?<![0-9])400(?:[\s-]?[0-9]){7}(?![0-9])"), "（号码略）"),
    (
        re.compile(r"((?:电话|手机|座机|号码|打给|打我|拨|找我|联系)[^0-9\n]{0,4})[2-9][0-9]{6,7}(?![0-9])"),
        r"\1（号码略）",
    ),
    (re.compile(r"(?m)^\s*[2-9][0-9]{6,7}\s*$"), "（号码略）"),
    (re.compile(r"((?:微信|QQ|qq|VX|vx)号?[:：]?\s*)[A-Za-z0-9][\w-]{4,}"), r"\1（略）"),
    (re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+"), "（略）"),
)
"""Identity cards (15, 18) and bank cards (16 to 19 digits), telephones however they are written, accounts."""

PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]\s?[A-Za-z]\s?[·•.\s-]?\s?"
    r"(?=[A-Za-z0-9]{0,5}[0-9])[A-Za-z0-9]{4,6}[挂学警港澳]?(?![A-Za-z0-9])"
)
TITLE = (
    "先生|女士|小姐|奶奶|爷爷|大爷|大妈|大娘|阿姨|叔叔|大叔|大哥|大姐|老师|师傅|老太|老伯|伯伯|婆婆|书记|主任|经理"
    + "|某|家"
)
GIVEN = r"[\u4e00-\u9fff]{1,2}"
ENDS = r"(?=$|[\s，。、；：！？,.;:!?（(）)0-9在的把又和]|电话|手机|身份)"
CALLED = "我叫|名叫|叫做|他叫|她叫|姓名|名字|联系人|业主|户主|租客|住户|本人|当事人|老板|房东"
DOOR = r"(?:[0-9]{1,3}\s?[栋幢座]\s?)?(?:[0-9]{1,2}\s?单元\s?)?[0-9]{3,4}\s?[室号户]?"
PERSON = rf"(?:[老小阿][{SURNAMES}]|[{SURNAMES}](?:某{{1,2}}|{GIVEN}?(?:{TITLE}))|[{SURNAMES}]{GIVEN}{ENDS})"
AT_HOME = re.compile(rf"(?<![0-9]){DOOR}(?:\s?的|\s?住的|[\s，,]{{0,2}})({PERSON})")
NAMED = re.compile(rf"((?:{CALLED})[:：是叫]?\s?)[{SURNAMES}]{GIVEN}{ENDS}")
TITLED = re.compile(
    rf"(?<!某)(?<!谢)(?!谢谢)[{SURNAMES}][\u4e00-\u9fff]{{0,2}}?({TITLE})(?![具长庭村庄门湾巷桥圩塘港岗埭弄路])"
)
CALLED_SO = re.compile(
    rf"(?<![\u4e00-\u9fff])[老小阿][{SURNAMES}](?![\u4e00-\u9fff]区)|(?<=[是叫的我])[老小阿][{SURNAMES}]{ENDS}"
)
USUAL = "王李张刘陈杨黄赵吴徐朱郭郑梁宋唐邓冯韩曹彭蔡潘董袁蒋杜叶魏苏吕丁沈姚卢傅钟姜崔谭廖汪陆贾韦邱邹孟秦薛侯郝孔邵"
"""Family names that begin no everyday word, so that they may be looked for where nothing announces a name."""
CLAUSE = r"[^\s，,。；;！!？?]"
NEAR = (
    "老公|老婆|老伴|爱人|丈夫|妻子|媳妇|儿子|女儿|儿媳|女婿|孙子|孙女|外孙|爸爸?|妈妈?|父亲|母亲|爷爷|奶奶|外公|外婆|公公"
    "|婆婆|哥哥?|姐姐?|弟弟?|妹妹?|邻居|同事|家属"
)
WORKS = "工|员|师傅|司机|会计|护士|医生|老师|学生|业主|住户|租客|租户|户主|居民|村民|党员|干部|保安|保洁|老板|长|的"
WHO = rf"(?:[{SURNAMES}]{GIVEN}{ENDS}|[{USUAL}][\u4e00-\u9fff]{{2}}(?=$|[^\u4e00-\u9fff]))"
MYSELF: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"((?:我|本人|俺|咱)就?(?:是|叫)(?:{CLAUSE}{{0,14}}(?:{WORKS}))?){WHO}"), r"\1某某"),
    (
        re.compile(rf"(?<![\u4e00-\u9fff])((?:我|本人|俺)[，,\s]?)[{USUAL}]{GIVEN}(?=实名|反映|举报|投诉|$|[\s，。,])"),
        r"\1某某",
    ),
    (
        re.compile(
            rf"((?:{NEAR})(?:是|叫)?)[{USUAL}](?:{GIVEN}{ENDS}|(?![子女一二三四五六日天末])[\u4e00-\u9fff]{{2}})"
        ),
        r"\1某某",
    ),
    (re.compile(rf"((?:我|本人|免贵)姓)[{SURNAMES}]"), r"\1某"),
)
"""How somebody says who they are, and who is theirs."""

TELLER: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(
            rf"(?:我|本人|俺)就?(?:是|叫|姓){CLAUSE}{{0,15}}?(?:某[某人]?|[老小阿][{SURNAMES}]{ENDS})|"
            rf"(?:我|本人|俺)就?(?:是|在){CLAUSE}{{0,15}}(?:工|员|师傅|司机|会计|护士|医生|老师|学生|业主|住户|租客|租户|村民|党员"
            rf"|干部|保安|保洁|邻居|家属|亲戚|职工|上班|做事|做工|干活|打工|工作|任职|值班|的人)(?:某某|某人)?"
        ),
        "（上报人是谁，略）",
    ),
    (re.compile(rf"(?:我|本人|俺)家?就?(?:住|家在|家是){CLAUSE}{{1,14}}|我家在{CLAUSE}{{1,14}}"), "（上报人住处，略）"),
    (re.compile(r"(?:我们|我|咱们|咱|俺)(?=厂|公司|单位|车间|工地|店|学校|医院|班组|老板|领导|主任|经理|厂长)"), "该"),
    (re.compile(rf"(?:我|俺)的?(?:{NEAR}|亲戚|朋友|小孩|孩子|家人)"), "某人"),
)
"""How whoever tells of something says who they are, without any name: 我是厂里的电工, 我们厂, 我家住 ..."""


def veiled(words: str, *, plates: bool = True, people: bool = True, doors: bool = True) -> str:
    """The words without what names somebody. Safe to repeat.

    `plates` False where the matter is about a car; `people` False in a thank-you; `doors` False where life depends on
    them: a number of a door stays where nobody is named with it, for the unit must find the place.
    """
    words = _plain(words)
    for pattern, instead in RULES:
        words = pattern.sub(instead, words)
    if plates:
        words = PLATE.sub("（车牌略）", words)
    if not people:
        return words
    if doors:
        words = AT_HOME.sub("某户某人", words)
    words = NAMED.sub(r"\1某某", words)
    for pattern, instead in MYSELF:
        words = pattern.sub(instead, words)
    words = CALLED_SO.sub("某人", words)
    return TITLED.sub(r"某\1", words)


def without_teller(words: str) -> str:
    """The words without what says who told them, by name, number, work, home or kin. Safe to repeat.

    Whom they tell of stays: that is what was reported.
    """
    words = _plain(words)
    for pattern, instead in (*RULES, *MYSELF, *TELLER):
        words = pattern.sub(instead, words)
    return words


def _plain(words: str) -> str:
    """Full-width digits and letters as others; everything else as it was written."""
    return "".join(
        unicodedata.normalize("NFKC", one) if "０" <= one <= "ｚ" and one.isalnum() else one for one in words
    )
