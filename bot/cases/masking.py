"""What must not be read by others in a text that is shown or published: numbers of people, plates, cards, names."""

import re

HIDDEN = "*"
NAME = "某某"
PERSON_ID = re.compile(r"(?<!\d)\d{6}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dXx](?!\d)")
CARD = re.compile(r"(?<!\d)(?:\d{16,19}|\d{4}(?:[ -]\d{4}){3}(?:[ -]\d{1,3})?)(?!\d)")
PHONE = re.compile(r"(?<!\d)(?:\+?86[ -]?)?(1[3-9]\d)[ -]?\d{4}[ -]?(\d{4})(?!\d)")
LANDLINE = re.compile(r"(?<!\d)(0\d{2,3}[ -]?)[2-8]\d{6,7}(?!\d)")
PLATE = re.compile(
    r"([京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼])"
    r"[ ·.]?([A-Za-z])[ ·.]?[A-Za-z0-9]{4,6}(?![A-Za-z0-9])"
)
CHINESE = "\u4e00-\u9fff"
CALLED = re.compile(rf"((?:我叫|我的名字是|名字叫|姓名[:：]?|联系人[:：]?)\s*)[{CHINESE}]{{2,3}}(?![{CHINESE}])")
SURNAME = re.compile(rf"((?:我|本人|他|她)姓)[{CHINESE}]")


def masked(text: str) -> str:
    """The text with identity and bank numbers, phones, plates and told names hidden; emergency numbers stay."""
    text = PERSON_ID.sub(lambda found: found[0][:2] + HIDDEN * (len(found[0]) - 2), text)
    text = CARD.sub(lambda found: HIDDEN * len(found[0]), text)
    text = PHONE.sub(lambda found: f"{found[1]}{HIDDEN * 4}{found[2][2:].rjust(4, HIDDEN)}", text)
    text = LANDLINE.sub(lambda found: found[1] + HIDDEN * (len(found[0]) - len(found[1])), text)
    text = PLATE.sub(lambda found: found[1] + found[2] + HIDDEN * 5, text)
    text = CALLED.sub(lambda found: found[1] + NAME, text)
    return SURNAME.sub(lambda found: found[1] + NAME[0], text)
