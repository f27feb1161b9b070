"""Telephone numbers and number plates as people write them, and how much of them a group may see."""

import re
import unicodedata

CALLED = re.compile(r"(?<![0-9])(?:\+?86)?(1[3-9][0-9]{9}|0[0-9]{2,3}[2-9][0-9]{6,7}|400[0-9]{7})(?![0-9])")
BETWEEN = re.compile(r"(?<=[0-9])[\s\-－—–()（）]+(?=[0-9])")
SPELT = re.compile(
    r"(?<![0-9])(?:\+?86[\s-]?)?(?:1[3-9][0-9](?:[\s-]?[0-9]{4}){2}|0[0-9]{2,3}[\s-]?[2-9][0-9]{6,7}|400(?:[\s-]?[0-9]){7})"
    r"(?![0-9])"
)
TAIL = 4
"""So many last digits name a telephone to those who know it."""

PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
PLATE = re.compile(rf"([{PROVINCES}])\s?([A-Z])[\s·.•-]?([A-Z0-9]{{4,5}}[A-Z0-9挂学警港澳])(?![A-Z0-9])", re.IGNORECASE)


def number_to_call(words: str) -> str | None:
    """The one telephone number in the words, its digits only; None if there is none, or more than one."""
    plain = BETWEEN.sub("", unicodedata.normalize("NFKC", words))
    found = set(CALLED.findall(plain))
    return found.pop() if len(found) == 1 else None


def without_numbers(words: str) -> str:
    """The words with every telephone number taken out."""
    return SPELT.sub("（号码略）", unicodedata.normalize("NFKC", words))


def plate_in(words: str) -> str | None:
    """The first number plate in the words, as it is written on the car: 苏L·12345 becomes 苏L12345."""
    found = PLATE.search(unicodedata.normalize("NFKC", words))
    return "".join(found.groups()).upper() if found else None


def veiled_number(words: str) -> str:
    """A telephone number, or words around one, with all but its beginning and end hidden."""
    hide = re.compile("(?<=[0-9]{3})[0-9](?=[0-9]{4})")
    plain = BETWEEN.sub("", unicodedata.normalize("NFKC", words))
    return hide.sub("*", plain.replace("+86", ""))


def veiled_name(name: str) -> str:
    """A name of which only the family name is left: 张某. Of anything longer nothing is left."""
    return f"{name[0]}某" if re.fullmatch("[\u4e00-\u9fff]{2,4}", name) else "某人"
