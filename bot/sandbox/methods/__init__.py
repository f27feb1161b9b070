"""The table of Bot API methods: lower-case name to function."""

from collections.abc import Mapping

from bot.sandbox.addressing import Method
from bot.sandbox.methods import albums, chats, editing, intake, profile, sending, topics

METHODS: Mapping[str, Method] = {
    name.lower(): method
    for table in (
        sending.METHODS, albums.METHODS, editing.METHODS, intake.METHODS, chats.METHODS, topics.METHODS, profile.METHODS
    )
    for name, method in table.items()
}  # fmt: skip

# Calls that put something new into a chat; the log tells which of them repeat an earlier one.
SENDS = frozenset(
    name for name in METHODS if name.startswith(("send", "forward", "copy")) and name != "sendchataction"
)  # fmt: skip
