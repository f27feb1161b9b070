"""Everything that Telegram refuses is refused, in its words."""

from typing import Any

import pytest

from tests.sandbox.wire import BOT, GROUP, LI, TOKEN, WANG, Wire

STRANGER = 99_999


def keyboard(**button: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "好", **button}]]}


SENDING: list[tuple[dict[str, Any], str]] = [
    ({"text": "hi"}, "chat_id is empty"),
    ({"chat_id": STRANGER, "text": "hi"}, "chat not found"),
    ({"chat_id": -1, "text": "hi"}, "chat not found"),
    ({"chat_id": "@nobody_here", "text": "hi"}, "chat not found"),
    ({"chat_id": WANG}, "message text is empty"),
    ({"chat_id": WANG, "text": " \n "}, "message text is empty"),
    ({"chat_id": WANG, "text": "<b></b>", "parse_mode": "HTML"}, "message text is empty"),
    ({"chat_id": WANG, "text": "字" * 4097}, "message is too long"),
    ({"chat_id": WANG, "text": "😀" * 2049}, "message is too long"),
    ({"chat_id": WANG, "text": "x", "parse_mode": "BBCode"}, "unsupported parse_mode"),
    ({"chat_id": WANG, "text": "x", "reply_markup": keyboard(callback_data="字" * 22)}, "BUTTON_DATA_INVALID"),
    ({"chat_id": WANG, "text": "x", "reply_markup": keyboard(callback_data="")}, "BUTTON_DATA_INVALID"),
    (
        {"chat_id": WANG, "text": "x", "reply_markup": keyboard()},
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    (
        {"chat_id": WANG, "text": "x", "reply_markup": keyboard(url="not a url")},
        "inline keyboard button URL 'not a url' is invalid: Wrong HTTP URL",
    ),
    ({"chat_id": WANG, "text": "x", "reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
    ({"chat_id": WANG, "text": "x", "reply_markup": [1]}, "object expected as reply markup"),
    (
        {"chat_id": GROUP, "text": "x", "reply_markup": {"keyboard": [[{"text": "位置", "request_location": True}]]}},
        "location can be requested in private chats only",
    ),
    ({"chat_id": WANG, "text": "x", "reply_parameters": {"message_id": 4}}, "message to be replied not found"),
    ({"chat_id": WANG, "text": "x", "reply_to_message_id": 4}, "message to be replied not found"),
    ({"chat_id": GROUP, "text": "x", "message_thread_id": 4}, "message thread not found"),
]
MARKUP = [
    ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
    ("x</b>", "Unexpected end tag at byte offset 1"),
    ("字<b>x</i>", 'Unmatched end tag at byte offset 7, expected "</b>", found "</i>"'),
    ("<div>x</div>", 'Unsupported start tag "div" at byte offset 0'),
    ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
    ("<b", "Unclosed start tag at byte offset 0"),
    ('<a href="x', "Unclosed start tag at byte offset 0"),
    ("<b>x</b", "Unclosed end tag at byte offset 4"),
    ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
]
MARKDOWN = [
    ("1.", "Character '.' is reserved and must be escaped with the preceding '\\'"),
    ("a-b", "Character '-' is reserved and must be escaped with the preceding '\\'"),
    ("字*x", "Can't find end of Bold entity at byte offset 3"),
    ("`x", "Can't find end of Code entity at byte offset 0"),
]
METHODS: list[tuple[str, dict[str, Any], str]] = [
    ("editMessageText", {"chat_id": WANG, "text": "x"}, "message identifier is not specified"),
    ("editMessageText", {"chat_id": WANG, "message_id": 4, "text": "x"}, "message to edit not found"),
    ("deleteMessage", {"chat_id": WANG, "message_id": 4}, "message to delete not found"),
    ("forwardMessage", {"chat_id": WANG, "from_chat_id": WANG, "message_id": 4}, "message to forward not found"),
    ("copyMessage", {"chat_id": WANG, "from_chat_id": WANG, "message_id": 4}, "message to copy not found"),
    ("copyMessages", {"chat_id": WANG, "from_chat_id": WANG, "message_ids": [4]}, "there are no messages to copy"),
    ("pinChatMessage", {"chat_id": WANG, "message_id": 4}, "message to pin not found"),
    ("sendPhoto", {"chat_id": WANG}, "there is no photo in the request"),
    ("sendPhoto", {"chat_id": WANG, "photo": "nonsense"}, "wrong file identifier/HTTP URL specified"),
    ("sendPhoto", {"chat_id": WANG, "photo": "https://example.org/a.jpg"}, "failed to get HTTP URL content"),
    ("sendMediaGroup", {"chat_id": WANG, "media": []}, "there are no messages to send"),
    ("sendMediaGroup", {"chat_id": WANG, "media": [{"type": "photo", "media": "x"}]}, "album must include 2-10 items"),
    ("sendLocation", {"chat_id": WANG, "latitude": 91, "longitude": 0}, "location is invalid"),
    ("sendDice", {"chat_id": WANG, "emoji": "x"}, "wrong dice emoji"),
    ("sendChatAction", {"chat_id": WANG, "action": "dancing"}, "wrong parameter action in request"),
    ("sendPoll", {"chat_id": WANG, "question": "?", "options": ["1"]}, "poll must have at least 2 option"),
    ("getFile", {"file_id": "nonsense"}, "invalid file_id"),
    (
        "answerCallbackQuery",
        {"callback_query_id": "1"},
        "query is too old and response timeout expired or query ID is invalid",
    ),
    ("setMyCommands", {"commands": [{"command": "Go!", "description": "x"}]}, "BOT_COMMAND_INVALID"),
    ("setMyCommands", {"commands": [{"command": "go", "description": ""}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
    ("setWebhook", {"url": "https://example.org/x"}, "bad webhook: the sandbox reaches only addresses of this machine"),
    (
        "setWebhook",
        {"url": "http://localhost/x", "secret_token": "a b"},
        "secret token contains unallowed characters",
    ),
    ("getChatAdministrators", {"chat_id": WANG}, "there are no administrators in the private chat"),
    ("createForumTopic", {"chat_id": GROUP, "name": "x"}, "the chat is not a forum"),
]


@pytest.mark.parametrize(("params", "text"), SENDING, ids=[text for _, text in SENDING])
async def test_a_message_that_telegram_would_not_take(wire: Wire, params: dict[str, Any], text: str) -> None:
    before = await wire.seen(WANG, BOT)
    assert await wire.refused("sendMessage", **params) == f"400 Bad Request: {text}"
    assert await wire.seen(WANG, BOT) == before


async def test_html_that_cannot_be_read_is_complained_about_with_its_place_in_bytes(wire: Wire) -> None:
    for text, complaint in MARKUP:
        answer = await wire.refused("sendMessage", chat_id=WANG, text=text, parse_mode="HTML")
        assert answer == f"400 Bad Request: can't parse entities: {complaint}"


async def test_markdown_wants_reserved_signs_escaped(wire: Wire) -> None:
    for text, complaint in MARKDOWN:
        answer = await wire.refused("sendMessage", chat_id=WANG, text=text, parse_mode="MarkdownV2")
        assert answer == f"400 Bad Request: can't parse entities: {complaint}"


@pytest.mark.parametrize(("method", "params", "text"), METHODS, ids=[f"{name}: {text}" for name, _, text in METHODS])
async def test_a_call_that_telegram_would_refuse(wire: Wire, method: str, params: dict[str, Any], text: str) -> None:
    assert await wire.refused(method, **params) == f"400 Bad Request: {text}"


async def test_text_of_exactly_4096_units_and_64_bytes_of_data_pass(wire: Wire) -> None:
    sent = await wire.call("sendMessage", chat_id=WANG, text="😀" * 2048, reply_markup=keyboard(callback_data="a" * 64))
    assert len(sent["text"]) == 2048
    markup = "<b>" * 50 + "字" * 4096 + "</b>" * 50
    assert len((await wire.call("sendMessage", chat_id=WANG, text=markup, parse_mode="HTML"))["text"]) == 4096


async def test_an_unknown_token_and_an_unknown_method(wire: Wire) -> None:
    assert await wire.refused("getMe", "1:no") == "401 Unauthorized"
    assert await wire.refused("sendLove", chat_id=WANG) == "404 Not Found"
    assert (await wire.call("GETME"))["id"] == BOT


async def test_get_me_says_what_libraries_want_to_know(wire: Wire) -> None:
    me = await wire.call("getMe")
    assert (me["is_bot"], me["can_join_groups"], me["can_read_all_group_messages"]) == (True, True, False)


async def test_bots_may_not_write_first(wire: Wire) -> None:
    answer = await wire.refused("sendMessage", chat_id=LI, text="hi")
    assert answer == "403 Forbidden: bot can't initiate conversation with a user"
    await wire.send(LI, BOT, start="")
    assert (await wire.call("sendMessage", chat_id=LI, text="hi"))["chat"]["id"] == LI


async def test_a_person_who_blocked_the_bot_or_is_gone(wire: Wire) -> None:
    await wire.post(f"people/{WANG}/block", bot=BOT)
    assert await wire.refused("sendMessage", chat_id=WANG, text="x") == "403 Forbidden: bot was blocked by the user"
    assert await wire.refused("sendChatAction", chat_id=WANG, action="typing") == (
        "403 Forbidden: bot was blocked by the user"
    )
    statuses = [each["my_chat_member"]["new_chat_member"]["status"] for each in await wire.updates()]
    assert statuses == ["kicked"]
    await wire.post(f"people/{WANG}/unblock", bot=BOT)
    await wire.call("sendMessage", chat_id=WANG, text="x")
    await wire.post(f"people/{WANG}/deactivate")
    assert await wire.refused("sendMessage", chat_id=WANG, text="x") == "403 Forbidden: user is deactivated"


async def test_an_edit_that_changes_nothing(wire: Wire) -> None:
    sent = await wire.call(
        "sendMessage", chat_id=WANG, text="<b>a</b>", parse_mode="HTML", reply_markup=keyboard(url="a.cn")
    )
    same = {"chat_id": WANG, "message_id": sent["message_id"], "text": "<strong>a</strong>", "parse_mode": "HTML"}
    assert await wire.refused("editMessageText", **same, reply_markup=keyboard(url="a.cn")) == (
        "400 Bad Request: message is not modified: specified new message content and reply markup are exactly the same "
        "as a current content and reply markup of the message"
    )
    changed = await wire.call("editMessageText", **same)
    assert "reply_markup" not in changed
    assert changed["edit_date"] >= changed["date"]


async def test_edits_that_do_not_fit_the_message(wire: Wire) -> None:
    text = await wire.call("sendMessage", chat_id=WANG, text="a")
    photo_id = (await wire.send(WANG, BOT, photo=True))["photo"][-1]["file_id"]
    photo = await wire.call("sendPhoto", chat_id=WANG, photo=photo_id)
    own = await wire.send(WANG, BOT, text="mine")
    cases = [
        ("editMessageCaption", text, {"caption": "x"}, "there is no caption in the message to edit"),
        ("editMessageText", photo, {"text": "x"}, "there is no text in the message to edit"),
        ("editMessageText", text, {"text": "x" * 4097}, "MESSAGE_TOO_LONG"),
        ("editMessageCaption", photo, {"caption": "x" * 1025}, "message caption is too long"),
        ("editMessageText", own, {"text": "x"}, "message can't be edited"),
        ("editMessageReplyMarkup", text, {"reply_markup": {"keyboard": [["a"]]}}, "inline keyboard expected"),
    ]
    for method, message, params, complaint in cases:
        answer = await wire.refused(method, chat_id=WANG, message_id=message["message_id"], **params)
        assert answer == f"400 Bad Request: {complaint}"


async def test_an_old_press_cannot_be_answered(wire: Wire) -> None:
    sent = await wire.call("sendMessage", chat_id=WANG, text="a", reply_markup=keyboard(callback_data="go"))
    press = {"chat": BOT, "message_id": sent["message_id"], "text": "好", "wait": 0}
    await wire.post(f"people/{WANG}/press", **press)
    query = (await wire.updates())[0]["callback_query"]
    await wire.post("clock", add=151)
    answer = await wire.refused("answerCallbackQuery", callback_query_id=query["id"])
    assert answer == "400 Bad Request: query is too old and response timeout expired or query ID is invalid"


async def test_a_reply_to_a_missing_message_if_that_was_allowed(wire: Wire) -> None:
    lenient = {"message_id": 4, "allow_sending_without_reply": True}
    sent = await wire.call("sendMessage", chat_id=WANG, text="x", reply_parameters=lenient)
    assert "reply_to_message" not in sent
    answered = await wire.call(
        "sendMessage", chat_id=WANG, text="y", reply_parameters={"message_id": sent["message_id"]}
    )
    assert answered["reply_to_message"]["text"] == "x"


async def test_another_bots_message_and_old_messages_stay(wire: Wire) -> None:
    await wire.post("bots", token="888:x", username="other_bot", name="other")
    await wire.post(f"groups/{GROUP}/members", bot=888)
    theirs = await wire.call("sendMessage", "888:x", chat_id=GROUP, text="x")
    wanted = {"chat_id": GROUP, "message_id": theirs["message_id"]}
    assert await wire.refused("editMessageText", **wanted, text="y") == "400 Bad Request: message can't be edited"
    assert await wire.refused("deleteMessage", **wanted) == "400 Bad Request: message can't be deleted"
    mine = await wire.call("sendMessage", chat_id=WANG, text="x")
    await wire.post("clock", add=49 * 3600)
    answer = await wire.refused("deleteMessage", chat_id=WANG, message_id=mine["message_id"])
    assert answer == "400 Bad Request: message can't be deleted for everyone"


async def test_parameters_in_the_query_a_form_and_json_mean_the_same(wire: Wire) -> None:
    markup = '{"inline_keyboard":[[{"text":"好","callback_data":"go"}]]}'
    fields = {"chat_id": str(WANG), "text": "同", "disable_notification": "true", "reply_markup": markup}
    answers: list[Any] = []
    ways: list[dict[str, Any]] = [{"params": fields}, {"data": fields}, {"json": fields}]
    for request in ways:
        async with wire.session.post(wire.url("sendMessage", TOKEN), **request) as answer:
            answers.append((await answer.json())["result"])
    async with wire.session.get(wire.url("sendMessage"), params=fields) as answer:
        answers.append((await answer.json())["result"])
    assert {each["text"] for each in answers} == {"同"}
    assert all(each["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == "go" for each in answers)
