"""What the buttons of a draft carry: its sign, so that a button of an older draft is known as such, and what to do."""

from bot.cases.draft import Draft
from bot.cases.errors import NotOpen


def data(draft: Draft, what: str, value: str = "") -> str:
    """Callback data of a draft's button."""
    return f"d:{draft.sign}:{what}:{value}"


def read(draft: Draft, parts: list[str]) -> tuple[str, str]:
    """What a button wants of this draft. Raises NotOpen if it belongs to another one or says nothing."""
    if len(parts) < 2 or parts[0] != draft.sign:
        raise NotOpen
    return parts[1], ":".join(parts[2:])
