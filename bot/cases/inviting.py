"""Invitations: how long they hold, and whose coming in must be approved by somebody responsible (rulings 26)."""

import hashlib
import secrets
from collections.abc import Collection
from datetime import timedelta

from bot.cases.register import NAMED_BY_ADMIN

LINK = "i_"
STAFF_LINK = "s_"
TOKEN_BYTES = 16
SHORT = timedelta(minutes=15)
LONG = timedelta(days=30)
ON_SHOW = timedelta(minutes=10)
"""How long the code of a staff card can be read."""

MOST_AT_ONCE = 10_000


def new_token() -> str:
    """128 random bits as they stand in a link: letters, digits, - and _."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def mark_of(token: str) -> str:
    """What is kept of a token: with it nobody can make the link again."""
    return hashlib.sha256(token.encode()).hexdigest()


def holds_for(roles: Collection[str]) -> timedelta:
    """Who may see everything must come in at once; others have a month."""
    return SHORT if NAMED_BY_ADMIN & set(roles) else LONG


def may_be_printed(role: str) -> bool:
    """Sheets are for those who work in the grid or in a unit; dispatchers and admins are invited one by one."""
    return role not in NAMED_BY_ADMIN


def opens_chat(name: str, payload: str) -> str:
    """The address that opens the private chat with the bot of this name, with a payload."""
    return f"https://t.me/{name}?start={payload}"
