"""The menu of commands in somebody's private chat, as they are when it leaves; without duties that of everybody."""

from bot.cases.commands import offered
from bot.desk import menus
from bot.desk.desk import Desk
from bot.outbox.addresses import Address
from bot.outbox.parcel import Parcel
from bot.texts import texts_in
from storage.outbox import Owed


async def menu(desk: Desk, owed: Owed, address: Address) -> Parcel:
    """Set it, or take away the one that is set."""
    hats = await menus.hats_of(desk, int(owed.recipient.partition(":")[2]))
    scope = {"scope": {"type": "chat", "chat_id": address.chat}}
    if not hats and address.language == desk.office.language:
        return Parcel(owed=owed, chat=address.chat, method="deleteMyCommands", params=scope)
    listed = [
        {"command": name, "description": words} for name, words in texts_in(address.language).menu_of(offered(hats))
    ]
    return Parcel(owed=owed, chat=address.chat, method="setMyCommands", params={"commands": listed, **scope})
