"""Voice messages that wait to be turned into words. A row is gone as soon as it is; the words are kept elsewhere."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

import orjson
from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import insert_new
from storage.seals import Seal
from storage.tables import voices


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """One voice: whose, in which message, the channel's ids of the file, how long it says it is (seconds).

    `draft` is the draft or `case` the case that it was told for.
    """

    person: int
    message: int
    file_id: str
    unique_id: str
    seconds: int
    draft: str = ""
    case: int | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row: its number, its key (the same for the same voice), what is to be heard, how often it was tried."""

    id: int
    key: int
    voice: Voice
    attempts: int


def key_of(seal: Seal, voice: Voice) -> int:
    """The same for the same voice of the same report."""
    return seal.fingerprint(f"voice {voice.unique_id} {voice.draft} {voice.case}")


async def add(tx: AsyncConnection, seal: Seal, voice: Voice, now: datetime) -> None:
    """Let it be heard. The same voice of the same report is heard once."""
    row = {"key": key_of(seal, voice), "body": seal.close(orjson.dumps(asdict(voice))), "not_before": now}
    await tx.execute(insert_new(tx, voices), row)


async def waiting(tx: AsyncConnection, seal: Seal, now: datetime, limit: int) -> Sequence[Waiting]:
    """Voices to be heard now, the longest-waiting first."""
    rows = await tx.execute(
        select(voices.c.id, voices.c.key, voices.c.body, voices.c.attempts)
        .where(voices.c.not_before <= now)
        .order_by(voices.c.not_before)
        .limit(limit)
    )
    return [Waiting(row.id, row.key, Voice(**orjson.loads(seal.open(row.body))), row.attempts) for row in rows.all()]


async def put_off(tx: AsyncConnection, row: int, attempts: int, not_before: datetime) -> None:
    """Another try later."""
    await tx.execute(update(voices).where(voices.c.id == row).values(attempts=attempts, not_before=not_before))


async def put_right(tx: AsyncConnection, now: datetime) -> int:
    """The clock was ahead and is no more: whatever waits may be heard now."""
    return (await tx.execute(update(voices).where(voices.c.not_before > now).values(not_before=now))).rowcount


async def forget(tx: AsyncConnection, row: int) -> None:
    """It was heard, or cannot be. Safe to repeat."""
    await tx.execute(delete(voices).where(voices.c.id == row))


async def forget_before(tx: AsyncConnection, moment: datetime, limit: int) -> int:
    """Delete what nobody listens to (the model was taken away). Returns how many."""
    old = select(voices.c.id).where(voices.c.not_before < moment).limit(limit)
    return (await tx.execute(delete(voices).where(voices.c.id.in_(old)))).rowcount
