"""Methods by which a bot learns what happens: getMe, getUpdates, webhooks, files."""

from collections.abc import Mapping
from typing import Any, cast

from bot.sandbox.addressing import Call, Method
from bot.sandbox.errors import bad, conflict
from bot.sandbox.params import Params
from bot.sandbox.records import Json
from bot.sandbox.updates import BY_DEFAULT, Pending
from bot.sandbox.webhooks import Address, Webhook

MOST_UPDATES = 100
LONGEST_POLL = 50
ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


def get_me(call: Call) -> Json:
    return {
        **call.bot.user(),
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


async def get_updates(call: Call) -> list[Pending]:
    """Updates that are not confirmed; the answer is written by whoever writes the list."""
    if call.bot.id in call.world.webhooks:
        raise conflict(ACTIVE)
    _allow(call)
    limit = call.params.integer("limit") or MOST_UPDATES
    timeout = min(LONGEST_POLL, max(0, call.params.integer("timeout") or 0))
    if call.world.events.closed:
        timeout = 0
    return await call.queue.ask(call.params.integer("offset") or 0, max(1, min(MOST_UPDATES, limit)), timeout)


def _allow(call: Call) -> None:
    kinds = call.params.parsed("allowed_updates", "allowed_updates")
    if isinstance(kinds, list):
        call.queue.allow(str(kind) for kind in cast(list[Any], kinds))


async def set_webhook(call: Call) -> bool:
    url = call.params.text("url")
    if not url:
        return await delete_webhook(call)
    connections = min(100, max(1, call.params.integer("max_connections") or 40))
    address = Address(url, call.params.text("secret_token"), connections)
    address.check()
    _allow(call)
    await _stop(call)
    call.queue.interrupt(conflict("terminated by setWebhook request"))
    session = call.world.session
    if session is None:
        raise bad("the sandbox is not running")

    async def execute(method: str, values: Json) -> None:
        await call.world.execute(call.bot, method, Params(values))

    webhook = call.world.webhooks[call.bot.id] = Webhook(address, call.queue, session, execute)
    webhook.start()
    return True


async def _stop(call: Call) -> None:
    if webhook := call.world.webhooks.pop(call.bot.id, None):
        await webhook.stop()
    if call.params.flag("drop_pending_updates"):
        call.queue.pending.clear()


async def delete_webhook(call: Call) -> bool:
    await _stop(call)
    return True


def get_webhook_info(call: Call) -> Json:
    pending, _ = call.queue.counts()
    webhook = call.world.webhooks.get(call.bot.id)
    info: Json = {"url": "", **(webhook.info() if webhook else {}), "has_custom_certificate": False}
    chosen = {} if call.queue.allowed == BY_DEFAULT else {"allowed_updates": sorted(call.queue.allowed)}
    return {**info, "pending_update_count": pending, **chosen}


async def log_out(call: Call) -> bool:
    """As close: the bot ends its waiting request. The sandbox has only one server, so nothing else happens."""
    call.queue.interrupt()
    return True


def get_file(call: Call) -> Json:
    return call.world.files.link(call.params.text("file_id"), call.world.clock.now())


METHODS: Mapping[str, Method] = {
    "getMe": get_me,
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "logOut": log_out,
    "close": log_out,
    "getFile": get_file,
}
