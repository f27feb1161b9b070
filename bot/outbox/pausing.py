"""Word to the unit that its clock goes on."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.cases.case import Case
from bot.desk.desk import Desk
from bot.outbox.buttons import Keyboard
from bot.texts import Texts


async def clock_on(
    _desk: Desk, texts: Texts, facts: Mapping[str, Any], case: Case, _recipient: str
) -> tuple[str, Keyboard | None]:
    """Why, and until when it must be done now."""
    return texts.clock_goes_on(case.number, facts["why"], datetime.fromisoformat(facts["due"])), None
