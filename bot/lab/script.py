"""What the people of the crowd do, as data: the steps of one report, and the plan of one run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

ACTIONS = ("text", "press", "photo", "voice", "location", "contact")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing a person does, exactly one of the first six, and what is waited for before the next.

    `{n}` in a text becomes the number of the report. `press` waits until a button with that text is offered: an inline
    button gives a callback, a button of the reply keyboard sends its words. `sends` is how many sends and edits in the
    person's chat end the step; with 0 the answer to the callback alone is enough. `if_button` and `unless` name a
    button: the step is taken only if, or is left out if, it is offered at that moment.
    """

    text: str | None = None
    press: str | None = None
    photo: bool = False
    voice: bool = False
    location: Sequence[float] | None = None
    contact: bool = False
    sends: int = 1
    if_button: str | None = None
    unless: str | None = None

    def __post_init__(self) -> None:
        given = [name for name in ACTIONS if getattr(self, name)]
        if len(given) != 1:
            raise ValueError(f"a step does exactly one of {', '.join(ACTIONS)}, this one: {given}")

    def __str__(self) -> str:
        return next(f"{name} {getattr(self, name)}" for name in ACTIONS if getattr(self, name))


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One run of the crowd. It ends with `reports` started and done, or after `seconds`.

    `rate` 0: `people` at once, each begins the next report when the last is done. `rate` R: R reports a second begin,
    whatever became of the earlier ones. `fresh`: every report by somebody new. `patience` is the longest wait for an
    answer, `think` the pause before the next step, `settle` the quiet that ends the run, all in seconds. `strict`: once
    somebody got no answer, no further report begins.
    """

    script: Sequence[Step]
    reports: int = 1000
    people: int = 100
    rate: float = 0.0
    fresh: bool = False
    seconds: float = 120.0
    patience: float = 20.0
    think: float = 0.0
    settle: float = 0.5
    strict: bool = False

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Self:
        """Build a plan from JSON. Raises TypeError on a name it does not know."""
        rest = dict(given)
        return cls(script=[Step(**step) for step in rest.pop("script")], **rest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one run gave. Latency is from the person's sending to the bot's first answer in that chat.

    `stub_busy` is the stub's own processor time as a share of the run: near 1 the stub was the bottleneck, not the bot.
    `pushes` are the sends into groups.
    """

    reports: int
    stuck: Sequence[str]
    updates: int
    seconds: float
    p50_ms: float
    p99_ms: float
    worst_ms: float
    calls: Mapping[str, int]
    pushes: int
    redelivered: int
    stub_busy: float
