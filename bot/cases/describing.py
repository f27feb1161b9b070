"""What a story tells of how a person looks: 六岁 男孩, 红衣服."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

NUMBER = "[0-9零一二三四五六七八九十两百半几多来]"
AGE = re.compile(rf"{NUMBER}+个?(?:多)?(?:岁|周岁|来岁|个月大|个月)(?:多|半)?|[0-9一二三四五六七八九]年级")
SEX = re.compile(r"小?[男女](?:孩子?|娃|的|性|生|人|同学)|(?<!\w)[男女](?!\w)")
KIN = re.compile(
    "外?孙子|外?孙女|儿子|女儿|闺女|丫头|姑娘|小伙|老太|老头|奶奶|爷爷|外公|外婆|爹爹|婆婆|公公|大爷|大妈|[我老][爸妈]|爸爸|妈妈|母亲|父亲"
    "|老公|老婆|丈夫|妻子|弟弟|妹妹|哥哥|姐姐|叔叔|阿姨"
)
COLOUR = "[红黄蓝绿白黑灰紫粉棕橙青花](?:色|颜色)?(?:的)?"
GARMENT = "(?:衣服|[上毛雨睡]衣|外套|棉袄|羽绒服|衬衫|裤子?|裙子?|校服|帽子?|鞋子?|书包|背心|马甲|围巾|夹克|袄子?|T恤)"
CLOTHES = re.compile(
    rf"(?:穿|戴|背|身穿|上身|下身)(?:着|了)?[^，,。；;！!？?\s]{{1,16}}"
    rf"|(?:{COLOUR}|格子|条纹|迷彩)[^，,。；;！!？?\s]{{0,4}}?{GARMENT}"
)


def age_and_sex_in(text: str) -> str | None:
    """六岁 男孩: both, else nothing, for then it has to be asked all the same."""
    age, sex = AGE.search(text), SEX.search(text) or KIN.search(text)
    return f"{age[0]} {sex[0]}" if age and sex else None


def clothes_in(text: str) -> str | None:
    """What somebody wears, as it was said."""
    found = list(dict.fromkeys(one[0] for one in CLOTHES.finditer(text)))
    return "，".join(found) or None


READERS: Mapping[str, Callable[[str], str | None]] = MappingProxyType({"person": age_and_sex_in, "clothes": clothes_in})
"""By what a question of the catalogue is to be heard in the story (`hears`)."""
