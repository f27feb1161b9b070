"""Settings that an admin may change while everything runs, as they are now in this process.

What stands in the environment is fixed: it was decided by whoever runs the machine.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from bot.cases.case import Colour, Level, Visibility
from bot.cases.matter import Matter, Route

LANGUAGE, PATROL_HOUR, DRAFT_MINUTES = "language", "patrol_reminder_hour", "quiet_drafts_minutes"
NUDGES = "nudges_per_group_hour"
OPTIONS: Mapping[str, tuple[str | int, ...]] = {
    LANGUAGE: ("zh", "en"),
    PATROL_HOUR: (16, 17, 18, 19, 20, 21),
    DRAFT_MINUTES: (15, 30, 60, 120),
    NUDGES: (3, 6, 12, 24),
}
"""What may be chosen, by the name of the setting."""

AUTOMATIC = "automatic "
"""Before the code of a matter: whether it goes to its community by itself."""


@dataclass(slots=True)
class Chosen:
    """`given` are the values of the program's own settings, `fixed` those of them that stand in the environment."""

    given: Mapping[str, Any]
    fixed: Collection[str] = frozenset()
    values: dict[str, Any] = field(default_factory=dict[str, Any])

    def now(self, name: str) -> Any:
        """The value that counts."""
        if name in self.fixed:
            return self.given[name]
        value = self.values.get(name)
        return value if value in OPTIONS[name] else self.given[name]

    @property
    def draft_rest(self) -> timedelta:
        """After so long a draft that rests is recalled."""
        return timedelta(minutes=self.now(DRAFT_MINUTES))

    @property
    def nudges_an_hour(self) -> int:
        """So many reminders a unit's group reads in an hour."""
        return self.now(NUDGES)

    def automatic(self, matter: Matter) -> bool:
        """Whether a plain case of this matter goes to its community by itself."""
        return may_be_automatic(matter) and bool(self.values.get(AUTOMATIC + matter.code, matter.automatic))


def may_be_automatic(matter: Matter) -> bool:
    """Only plain cases ever do (rulings 3): community level, no colour, not confidential."""
    plain = matter.level is Level.COMMUNITY and matter.colour is Colour.NONE
    return plain and matter.visibility is not Visibility.CONFIDENTIAL and matter.route is Route.CASE
