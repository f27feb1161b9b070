"""Case numbers in what people write and in what they reply to."""

import re
from typing import Any

from aiogram.filters import Filter
from aiogram.types import Message

from bot.cases.errors import NotFound
from bot.desk import following
from bot.desk.desk import Desk

NUMBER = re.compile(r"([^\W\d_]{0,4}\d{6})\s?[-－—–]\s?(\d{3,6})")
BEFORE = r"(?:请|麻烦|帮我|我想|我要)*(?:催办|催一下|催催|催|查一下|查查|查询|查|看一下|看看|问一下|问问)?"
HOW_FAR = r"怎么样|到哪了|到哪一步|好了吗|好没有|进展|有结果吗|有消息吗|催办|催一下"
BEHIND = rf"(?:这件|那件)?(?:现在)?(?:办得|办)?(?:{HOW_FAR})?了?"
ALONE = re.compile(rf"{BEFORE}\s*(?:编号|案件)?\s*[:：]?\s*{NUMBER.pattern}[\s，,]*{BEHIND}[?？!！。]*")


class CaseNumber(Filter):
    """A message that is nothing but a case number, or asks how far that one is, or to urge it."""

    async def __call__(self, message: Message) -> bool | dict[str, Any]:
        found = ALONE.fullmatch(" ".join((message.text or "").split()))
        return {"number": "-".join(found.groups())} if found else False


class AboutOwnCase(Filter):
    """A reply to a message of ours about a case that this person reported or joined."""

    async def __call__(self, message: Message, desk: Desk) -> bool | dict[str, Any]:
        reply = message.reply_to_message
        if reply is None or reply.from_user is None or not reply.from_user.is_bot:
            return False
        found = NUMBER.search(reply.text or "")
        if found is None:
            return False
        try:
            return {"case": (await following.by_number(desk, "-".join(found.groups()))).case}
        except NotFound:
            return False
