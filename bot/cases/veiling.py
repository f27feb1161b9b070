"""What residents say, as those read it who need not know people: without numbers, plates, names and their doors."""

import re
import unicodedata

from bot.cases.publishing import SURNAMES

DIGIT = "[0-9零〇一二三四五六七八九幺]"
BETWEEN = r"[-－—–\s.·()（）]{0,2}"
RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<![0-9])(?<![0-9][\s-])[0-9](?:[\s-]?[0-9]){14,18}[Xx]?(?![\s-]?[0-9])"), "（号码略）"),
    (re.compile(rf"(?<![0-9])(?:\+?86{BETWEEN})?[1一幺](?:{BETWEEN}{DIGIT}){{10}}(?!{DIGIT})"), "（号码略）"),
    (re.compile(r"(?<![0-9])[(（]?0[0-9]{2,3}[)）]?[\s-]?[2-9](?:[\s-]?[0-9]){6,7}(?![0-9])"), "（号码略）"),
    (re.compile(r"(?<![0-9])400(?:[\s-]?[0-9]){7}(?![0-9])"), "（号码略）"),
    (re.compile(r"((?:电话|手机|座机|号码|打给|联系)[^0-9\n]{0,4})[2-9][0-9]{6,7}(?![0-9])"), r"\1（号码略）"),
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
TITLED = re.compile(rf"(?<!某)[{SURNAMES}][\u4e00-\u9fff]{{0,2}}?({TITLE})(?![具长庭村庄门湾巷桥圩塘港岗埭弄路])")
CALLED_SO = re.compile(rf"(?<![\u4e00-\u9fff])[老小阿][{SURNAMES}](?![\u4e00-\u9fff]区)")


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
    words = CALLED_SO.sub("某人", words)
    return TITLED.sub(r"某\1", words)


def _plain(words: str) -> str:
    """Full-width digits and letters as others; everything else as it was written."""
    return "".join(
        unicodedata.normalize("NFKC", one) if "０" <= one <= "ｚ" and one.isalnum() else one for one in words
    )
