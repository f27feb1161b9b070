"""回电: whom to tell or call besides whoever sits at the telephone - who it was reported for, who called. Sealed."""

from dataclasses import asdict, dataclass

import orjson
from sqlalchemy import bindparam, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.asking import ask
from storage.database import upsert
from storage.seals import Seal
from storage.tables import callbacks

_SEALED = select(callbacks.c.sealed).where(callbacks.c.ref == bindparam("given"))


@dataclass(frozen=True, slots=True)
class Callback:
    """`who`: in words, of 代报 the one it is for, of 代录 the caller. `phone`: that of a reporter who wants a call."""

    who: str = ""
    phone: str = ""


async def keep(tx: AsyncConnection, vault: Seal, ref: str, callback: Callback) -> None:
    """Keep it beside the way back of one case."""
    row = {"ref": ref, "sealed": vault.close(orjson.dumps(asdict(callback)))}
    await tx.execute(upsert(tx, callbacks, ["ref"], ["sealed"]), row)


async def behind(tx: AsyncConnection, vault: Seal, ref: str) -> Callback | None:
    """Open it, for the one person who may read it. None where there is none."""
    row = next(iter(await ask(tx, _SEALED, {"given": ref})), None)
    return Callback(**orjson.loads(vault.open(row.sealed))) if row else None


async def forget(tx: AsyncConnection, ref: str) -> None:
    """Delete it for good."""
    await tx.execute(delete(callbacks).where(callbacks.c.ref == ref))
