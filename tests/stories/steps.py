"""Ways through a report that many stories share."""

import re
from base64 import b64encode
from io import BytesIO

from PIL import Image

from bot.cases.case import Case
from bot.sandbox.messages import say
from bot.sandbox.speech import captioned, file_content
from storage import attachments, cases, outbox
from storage.attachments import Attachment
from tests.town import Json, Person, Town

USUAL = (
    "小区路灯不亮",
    "路灯道路水电气",
    "跳过",
    "没有",
    "小区里",
    "不是",
    "不用保密",
    "不用写",
    "不改了",
    "返回",
    "看全部",
)
NUMBER = re.compile(r"\d{6}-\d{3}")


async def comes_to_review(person: Person) -> None:
    """Answer everything in the usual way until the card is there."""
    for _ in range(14):
        said, buttons = await person.said(), await person.buttons()
        if any("提交" in one for one in buttons):
            return
        if "在什么地方" in said:
            await person.sends("跳过")
        elif "说说具体情况" in said:
            await person.sends("灯坏了")
        else:
            usual = next((one for one in USUAL if any(one in words for words in buttons)), None)
            assert usual, f"no way on: {buttons} under {said}"
            await person.presses(usual)
    raise AssertionError(f"no review card; newest: {await person.said(2)}")


async def submits(person: Person) -> str:
    """Go on to the card, submit, and tell the number."""
    await comes_to_review(person)
    await person.presses("提交")
    return await newest_number(person)


async def newest_number(person: Person) -> str:
    """The number of the case that was submitted last."""
    text = (await person.message_with("已提交"))["text"]
    found = NUMBER.search(text)
    assert found, text
    return found.group()


async def reports_lamp(person: Person, words: str = "新港小区3栋楼下路灯不亮") -> str:
    """A whole report of a broken lamp; the number of its case."""
    await person.sends(words)
    await person.presses("小区路灯不亮")
    return await submits(person)


async def promise_card(person: Person, number: str) -> Json:
    """The card that is edited in place."""
    shown = [one for one in await person.messages() if f"{number}\u3000" in (one.get("text") or "")]
    return next(one for one in reversed(shown) if has_button(one, "看进展"))


def picture(shade: int) -> Json:
    """A photo unlike those of other shades."""
    file = BytesIO()
    Image.new("RGB", (64, 48), (shade, shade // 2, 80)).save(file, "JPEG")
    return {"base64": b64encode(file.getvalue()).decode(), "name": "IMG.jpg", "mime": "image/jpeg"}


def album(*shades: int) -> list[Json]:
    """Photos sent as one album."""
    return [{"photo": picture(shade)} for shade in shades]


async def sends_piece(person: Person, group: str, shade: int, caption: str = "") -> None:
    """One piece of an album by itself: Telegram may deliver the others later."""
    world = person.town.sandbox.world
    known = world.person(person.id)
    chat = world.chat_of(known, person.home)
    assert chat is not None
    content = {"media_group_id": group, **file_content(world, "photo", picture(shade)), **captioned(caption or None)}
    say(world, chat, known.user(), content)
    await person.town.settles()


def has_button(message: Json, words: str) -> bool:
    """Whether a message has an inline button with these words."""
    markup: dict[str, list[list[dict[str, str]]]] = message.get("reply_markup") or {}
    return any(words in button["text"] for row in markup.get("inline_keyboard", []) for button in row)


async def case_of(town: Town, number: str) -> Case:
    """The case as it is kept."""
    async with town.app.database.read() as tx:
        found = await cases.by_number(tx, number)
    assert found is not None
    return found


async def files_of(town: Town, number: str) -> list[Attachment]:
    """The files of a case as they are kept."""
    case = await case_of(town, number)
    async with town.app.database.read() as tx:
        return await attachments.of_case(tx, town.app.office.seals.content, case.id)


async def nothing_failed(town: Town) -> bool:
    """Whether every message that was owed could be sent, and every update was understood."""
    async with town.app.database.read() as tx:
        dead = (await outbox.counts(tx)).get("dead", 0)
    return dead == 0 and not any("死信" in text for text in await town.admin.heard())
