"""Methods about the bot itself: commands by scope and language, name, descriptions, menu button, wished rights."""

import re
from collections.abc import Mapping
from functools import partial
from typing import Any, cast

import orjson

from bot.sandbox.addressing import Call, Method
from bot.sandbox.errors import bad
from bot.sandbox.membership import ADMIN_RIGHTS
from bot.sandbox.records import Bot, Chat, Json

LIMITS = {"name": 64, "description": 512, "short_description": 120}
COMMAND = re.compile(r"[a-z0-9_]{1,32}")
MOST_COMMANDS = 100
SCOPES = frozenset({
    "default", "all_private_chats", "all_group_chats", "all_chat_administrators", "chat", "chat_administrators",
    "chat_member",
})  # fmt: skip


def _scope(call: Call) -> tuple[str, str]:
    given = call.params.parsed("scope", "bot command scope") or {"type": "default"}
    if not isinstance(given, dict) or cast(Json, given).get("type") not in SCOPES:
        raise bad("can't parse BotCommandScope: type is unknown")
    scope = {key: str(value) for key, value in cast(Json, given).items()}
    return _scope_key(scope), call.params.text("language_code")


def _scope_key(scope: Mapping[str, str]) -> str:
    return orjson.dumps(dict(scope), option=orjson.OPT_SORT_KEYS).decode()


def set_commands(call: Call) -> bool:
    given = call.params.parsed("commands", "commands")
    if not isinstance(given, list):
        raise bad("can't parse commands JSON object")
    commands = [_command(each) for each in cast(list[Any], given)]
    if len(commands) > MOST_COMMANDS:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    key = _scope(call)
    call.bot.commands[key] = commands
    if not commands:
        del call.bot.commands[key]
    call.world.events.tell("chat", call.bot.id)
    return True


def _command(value: Any) -> Json:
    if not isinstance(value, dict):
        raise bad("can't parse BotCommand: expected an Object")
    command: Json = {key: cast(Json, value).get(key) for key in ("command", "description")}
    name = str(command["command"] or "").removeprefix("/")
    if not COMMAND.fullmatch(name):
        raise bad("BOT_COMMAND_INVALID")
    if not 1 <= len(str(command["description"] or "")) <= 256:
        raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": command["description"]}


def get_commands(call: Call) -> list[Json]:
    return call.bot.commands.get(_scope(call), [])


def delete_commands(call: Call) -> bool:
    call.bot.commands.pop(_scope(call), None)
    call.world.events.tell("chat", call.bot.id)
    return True


def commands_for(bot: Bot, chat: Chat, person: int, language: str) -> list[Json]:
    """The commands that a person is offered in a chat: of the narrowest scope that has any, in their language first."""
    if chat.kind == "private":
        scopes = [{"type": "chat", "chat_id": str(chat.id)}, {"type": "all_private_chats"}]
    else:
        here = {"chat_id": str(chat.id)}
        admin = [{"type": "chat_administrators", **here}] if chat.is_admin(person) else []
        scopes = [{"type": "chat_member", **here, "user_id": str(person)}, *admin, {"type": "chat", **here}]
        scopes += [{"type": "all_chat_administrators"}] if chat.is_admin(person) else []
        scopes += [{"type": "all_group_chats"}]
    for scope in [*scopes, {"type": "default"}]:
        for code in (language, language.partition("-")[0], ""):
            if found := bot.commands.get((_scope_key(scope), code)):
                return found
    return []


def set_text(what: str, call: Call) -> bool:
    text = call.params.text(what)
    if len(text) > LIMITS[what]:
        raise bad(f"bot {what.replace('_', ' ')} is too long")
    language = call.params.text("language_code")
    call.bot.texts[what, language] = text
    if what == "name" and text and not language:
        call.bot.name = text
    return True


def get_text(what: str, call: Call) -> Json:
    language = call.params.text("language_code")
    first = call.bot.name if what == "name" else ""
    texts = call.bot.texts
    return {what: texts.get((what, language)) or texts.get((what, ""), first) or first}


def set_menu_button(call: Call) -> bool:
    button = call.params.parsed("menu_button", "menu button") or {"type": "default"}
    if not isinstance(button, dict) or cast(Json, button).get("type") not in ("default", "commands", "web_app"):
        raise bad("can't parse menu button: type is unknown")
    call.bot.menu_buttons[call.params.integer("chat_id") or 0] = cast(Json, button)
    return True


def get_menu_button(call: Call) -> Json:
    buttons = call.bot.menu_buttons
    return buttons.get(call.params.integer("chat_id") or 0) or buttons.get(0, {"type": "default"})


def set_rights(call: Call) -> bool:
    rights = call.params.parsed("rights", "rights")
    call.bot.rights[call.params.flag("for_channels")] = cast(Json, rights) if isinstance(rights, dict) else {}
    return True


def get_rights(call: Call) -> Json:
    return {
        **dict.fromkeys(("is_anonymous", *ADMIN_RIGHTS), False),
        **call.bot.rights.get(call.params.flag("for_channels"), {}),
    }


METHODS: Mapping[str, Method] = {
    "setMyCommands": set_commands,
    "getMyCommands": get_commands,
    "deleteMyCommands": delete_commands,
    "setMyName": partial(set_text, "name"),
    "getMyName": partial(get_text, "name"),
    "setMyDescription": partial(set_text, "description"),
    "getMyDescription": partial(get_text, "description"),
    "setMyShortDescription": partial(set_text, "short_description"),
    "getMyShortDescription": partial(get_text, "short_description"),
    "setChatMenuButton": set_menu_button,
    "getChatMenuButton": get_menu_button,
    "setMyDefaultAdministratorRights": set_rights,
    "getMyDefaultAdministratorRights": get_rights,
}
