"""The way back to whoever reported: sealed, apart from the case, opened only to deliver an answer."""

import secrets

import orjson
from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import callbacks
from storage.asking import tell, value
from storage.seals import Seal
from storage.tables import reporters

_NEW = insert(reporters)
_OWNER = select(reporters.c.owner).where(reporters.c.ref == bindparam("given"))
_ADDRESS = select(reporters.c.address).where(reporters.c.ref == bindparam("given"))


def owner_mark(seal: Seal, person_id: int) -> int:
    """What finds a person's own cases; without the key it does not lead to the person."""
    return seal.fingerprint(f"owner:{person_id}")


async def new_reference(tx: AsyncConnection, seal: Seal, person_id: int) -> str:
    """A random reference for one case of this person."""
    ref = secrets.token_hex(16)
    row = {
        "ref": ref,
        "owner": owner_mark(seal, person_id),
        "address": seal.close(orjson.dumps({"person": person_id})),
    }
    await tell(tx, _NEW, row)
    return ref


async def person_behind(tx: AsyncConnection, seal: Seal, ref: str) -> int | None:
    """Open a reference, to deliver an answer. None when the reporter asked to be forgotten."""
    address = await value(tx, _ADDRESS, {"given": ref})
    return orjson.loads(seal.open(address))["person"] if address else None


async def is_owner(tx: AsyncConnection, seal: Seal, ref: str, person_id: int) -> bool:
    """Whether this person reported under this reference."""
    owner = await owner_of(tx, ref)
    return owner is not None and owner == owner_mark(seal, person_id)


async def owner_of(tx: AsyncConnection, ref: str) -> int | None:
    """The keyed mark of whoever reported; it leads to nobody without the key. None when they were forgotten."""
    return await value(tx, _OWNER, {"given": ref})


async def forget(tx: AsyncConnection, ref: str) -> None:
    """Cut the way back of one case for good, and whom else to call."""
    await callbacks.forget(tx, ref)
    await tx.execute(update(reporters).where(reporters.c.ref == ref).values(owner=None, address=None))
