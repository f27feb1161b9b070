"""What the sandbox answers has the shape that libraries read: every kind of update, message and member."""

from typing import Any

from aiogram.types import (
    Chat,
    ChatFullInfo,
    ChatMemberAdministrator,
    ChatMemberMember,
    ChatMemberOwner,
    File,
    Message,
    Update,
    User,
    WebhookInfo,
)
from telegram import Update as PtbUpdate

from tests.sandbox.wire import BOT, GROUP, LI, WANG, Wire

KEYBOARD = {"inline_keyboard": [[{"text": "好", "callback_data": "go"}]]}
SENT: list[dict[str, Any]] = [
    *({kind: True} for kind in ("photo", "video", "video_note", "voice", "audio", "document", "sticker", "animation")),
    {"text": "/start @yashu_bot https://a.cn"},
    {"location": {"lat": 32, "lon": 119}},
    {"venue": {"lat": 32, "lon": 119, "title": "新港", "address": "3栋"}},
    {"contact": {"phone": "138", "first_name": "王"}},
    {"text": "转", "forward_from": {"hidden": "某人"}},
    {"text": "转", "forward_from": {"name": "某人"}},
    {"text": "转", "forward_from": {"person": LI}},
]


async def happen(wire: Wire) -> None:
    """Something of every kind that a bot hears of."""
    for what in SENT:
        await wire.send(WANG, BOT, **what)
    mine = await wire.send(WANG, BOT, text="旧")
    await wire.post(f"people/{WANG}/edit", chat=BOT, message_id=mine["message_id"], text="新")
    card = await wire.call("sendMessage", chat_id=GROUP, text="卡", reply_markup=KEYBOARD)
    await wire.post(f"people/{LI}/press", chat=GROUP, message_id=card["message_id"], text="好", wait=0)
    await wire.send(WANG, GROUP, text="/bind", anonymous=True, reply_to=card["message_id"])
    await wire.post(f"groups/{GROUP}/admins", bot=BOT)
    await wire.people("DELETE", f"groups/{GROUP}/members/{LI}")
    await wire.post(f"groups/{GROUP}/members", person=LI)
    forum = (await wire.post("groups", title="论坛", members=[WANG], bots=[BOT], forum=True))["id"]
    topic = (await wire.post(f"groups/{forum}/topics", name="路灯"))["id"]
    await wire.post(f"groups/{forum}/topics/{topic}/close")
    await wire.post(f"groups/{GROUP}/migrate")
    await wire.post(f"people/{WANG}/block", bot=BOT)


async def test_every_update_is_read_by_aiogram_and_python_telegram_bot(wire: Wire) -> None:
    wanted = ["message", "edited_message", "callback_query", "my_chat_member", "chat_member"]
    await wire.updates(allowed_updates=wanted)
    await happen(wire)
    found = await wire.updates()
    assert {next(iter(each.keys() - {"update_id"})) for each in found} == set(wanted)
    for update in found:
        assert Update.model_validate(update).update_id == update["update_id"]
        read = PtbUpdate.de_json(update, None)
        assert read.effective_chat is not None


async def test_what_methods_answer_is_read_by_aiogram(wire: Wire) -> None:
    photo = (await wire.send(WANG, BOT, photo=True))["photo"][-1]["file_id"]
    sends: list[tuple[str, dict[str, Any]]] = [
        ("sendMessage", {"text": "<b>x</b>", "parse_mode": "HTML", "disable_web_page_preview": True}),
        ("sendPhoto", {"photo": photo, "caption": "x", "has_spoiler": True, "show_caption_above_media": True}),
        ("sendLocation", {"latitude": 1, "longitude": 2}),
        ("sendVenue", {"latitude": 1, "longitude": 2, "title": "x", "address": "y"}),
        ("sendContact", {"phone_number": "1", "first_name": "x"}),
        ("sendPoll", {"question": "?", "options": [{"text": "a"}, {"text": "b"}]}),
        ("sendDice", {}),
    ]
    for method, params in sends:
        message = Message.model_validate(await wire.call(method, chat_id=WANG, **params))
        forwarded = await wire.call("forwardMessage", chat_id=WANG, from_chat_id=WANG, message_id=message.message_id)
        assert Message.model_validate(forwarded).forward_origin is not None
    assert User.model_validate(await wire.call("getMe")).is_bot
    File.model_validate(await wire.call("getFile", file_id=photo))
    WebhookInfo.model_validate(await wire.call("getWebhookInfo"))
    for chat in (WANG, GROUP):
        full = await wire.call("getChat", chat_id=chat)
        assert ChatFullInfo.model_validate(full).id == Chat.model_validate(full).id == chat
    await wire.post(f"groups/{GROUP}/admins", bot=BOT)
    models = {WANG: ChatMemberOwner, BOT: ChatMemberAdministrator, LI: ChatMemberMember}
    for user, model in models.items():
        model.model_validate(await wire.call("getChatMember", chat_id=GROUP, user_id=user))


async def test_copies_carry_the_content_without_the_author(wire: Wire) -> None:
    sent = await wire.send(WANG, BOT, photo=True, caption="旧")
    source = {"chat_id": GROUP, "from_chat_id": WANG}
    copied = await wire.call("copyMessage", **source, message_id=sent["message_id"], caption="新")
    last = (await wire.seen(WANG, GROUP))[-1]
    assert (copied["message_id"], last["caption"], "forward_origin" in last) == (last["message_id"], "新", False)
    both = [sent["message_id"], sent["message_id"] - 1]
    assert len(await wire.call("copyMessages", **source, message_ids=both)) == 2


async def test_a_bot_describes_itself_by_language(wire: Wire) -> None:
    await wire.call("setMyDescription", description="报事", language_code="zh")
    await wire.call("setMyDescription", description="report")
    assert (await wire.call("getMyDescription", language_code="zh"))["description"] == "报事"
    assert (await wire.call("getMyDescription", language_code="de"))["description"] == "report"
    await wire.call("setMyName", name="新伢叔")
    assert (await wire.call("getMyName"))["name"] == "新伢叔"
    await wire.call("setChatMenuButton", menu_button={"type": "commands"})
    assert (await wire.call("getChatMenuButton", chat_id=WANG))["type"] == "commands"
