"""A broadcast that an admin is putting together: kept in the dialog until it is sent or given up."""

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message, MessageEntity

from bot.cases.broadcast import EVERYBODY, RESIDENTS, Audience, may_be_urgent
from bot.cases.topics import Topic
from bot.desk.desk import Desk
from bot.texts import Texts
from handlers.resident.content import FILES
from handlers.resident.saying import Said, says, turns

KEY = "broadcast"
STEP = "broadcast"
QUOTING = "broadcast:quote"
TIMING = "broadcast:when"
STEPS = (STEP, QUOTING, TIMING)


@dataclass(slots=True)
class Plan:
    """Who, what and how. `back` is the step of the conversation that waits meanwhile."""

    id: str = field(default_factory=lambda: secrets.token_hex(12))
    role: str = EVERYBODY
    node: int | None = None
    path: str = "/"
    tag: str | None = None
    topic: str = Topic.NOTICES.value
    content: dict[str, Any] | None = None
    album: str | None = None
    receipt: bool = True
    urgent: bool = False
    back: str | None = None

    @property
    def sign(self) -> str:
        """What its buttons carry, so that those of an older one are known as such."""
        return self.id[:6]

    @property
    def audience(self) -> Audience:
        """Who gets it."""
        topic = self.topic if self.role == RESIDENTS else None
        return Audience(role=self.role, path=self.path, tag=self.tag, topic=topic)

    @property
    def is_warning(self) -> bool:
        """Whether residents get it as a public warning."""
        return self.audience.topic == Topic.WARNINGS

    @property
    def may_be_urgent(self) -> bool:
        """Whether it may go out at night."""
        return may_be_urgent(self.audience, self.content or {})

    @property
    def wants_urgent(self) -> bool:
        """Whether it is to go out at once, also at night."""
        return self.urgent and self.may_be_urgent

    @property
    def asks_receipt(self) -> bool:
        """Residents are not asked to confirm."""
        return self.role != RESIDENTS

    @property
    def wants_receipt(self) -> bool:
        """Whether 已收到 stands under it."""
        return self.receipt and self.asks_receipt

    def data(self, what: str, value: object = "") -> str:
        """Callback data of one of its buttons."""
        return f"b:{self.sign}:{what}:{value}"


class Asked:
    """Somebody at work on a plan: what was said, at which desk, and the plan."""

    def __init__(self, event: Message | CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, plan: Plan) -> None:
        self.event = event
        self.desk = desk
        self.texts = texts
        self.state = state
        self.plan = plan

    def says(self, words: str, keys: Any = None) -> Said:
        """A press changes its message, a message is answered by a new one."""
        if isinstance(self.event, CallbackQuery):
            return [self.event.answer(), turns(self.event, words, keys)]
        return [says(self.event, words, keys)]

    def button(self, words: str, what: str, value: object = "") -> tuple[str, str]:
        """A button of this plan."""
        return words, self.plan.data(what, value)


Step = Callable[[Asked, str], Awaitable[Said]]
"""What a button of a plan does; the rest of its data is given."""


async def plan_of(desk: Desk, state: FSMContext) -> Plan | None:
    """The one that is being put together, for the place as it stands now; None where that is no more."""
    plan = await _kept(state)
    if plan is None or plan.node is None:
        return plan
    path = await desk.office.places.valid(desk.tx, plan.node)
    return replace(plan, path=path[-1].path) if path else None


async def _kept(state: FSMContext) -> Plan | None:
    kept = (await state.get_data()).get(KEY)
    return Plan(**kept) if kept else None


async def keep(state: FSMContext, plan: Plan, step: str = STEP) -> None:
    """Keep it; the next message belongs to this step."""
    await state.update_data({KEY: asdict(plan)})
    await state.set_state(step)


async def leave(state: FSMContext) -> None:
    """It is sent or given up: back to what waited."""
    plan, kept = await _kept(state), await state.get_data()
    kept.pop(KEY, None)
    await state.set_data(kept)
    if await state.get_state() in STEPS:
        await state.set_state(plan.back if plan else None)


async def names_of(desk: Desk, plan: Plan) -> list[str]:
    """The names from the district down to the place it is for."""
    path = await desk.office.places.path(desk.tx, plan.node) if plan.node is not None else []
    return [node.name for node in path]


def content_of(message: Message) -> dict[str, Any] | None:
    """What a message brings, to be said again to others in the same form; None for what cannot be said again."""
    marks = _marks(message.entities or message.caption_entities)
    words = {"text": message.text or message.caption or "", **({"marks": marks} if marks else {})}
    if message.text:
        return {"kind": "text", **words}
    if message.location and not message.venue:
        return {"kind": "location", "lat": message.location.latitude, "lon": message.location.longitude}
    file = _file(message)
    return {**file, **words} if file else None


def join(content: dict[str, Any], piece: dict[str, Any]) -> dict[str, Any]:
    """An album of what was there and another piece of it; the words are those of the piece that has some."""
    files = content.get("files") or [{"kind": content["kind"], "file_id": content["file_id"]}]
    worded = content if content.get("text") else piece
    words = {name: worded[name] for name in ("text", "marks") if name in worded}
    return {"kind": "album", "files": [*files, {"kind": piece["kind"], "file_id": piece["file_id"]}], **words}


def _file(message: Message) -> dict[str, Any] | None:
    if message.photo:
        return {"kind": "photo", "file_id": message.photo[-1].file_id}
    for kind in ("animation", *FILES):
        if (file := getattr(message, kind)) is not None:
            return {"kind": kind, "file_id": file.file_id}
    return None


def _marks(entities: list[MessageEntity] | None) -> list[dict[str, Any]]:
    """Bold, links and the like. Mentions of people by number are left out: they would name them to strangers."""
    kept = ("type", "offset", "length", "url")
    return [
        {name: getattr(one, name) for name in kept if getattr(one, name) is not None}
        for one in entities or []
        if one.type not in {"text_mention", "custom_emoji"}
    ]


def sent_at(at: datetime, now: datetime) -> datetime | None:
    """The time to tell, None for at once."""
    return at if at > now else None
