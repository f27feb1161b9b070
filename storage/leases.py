"""Who of several programs on one server is in charge: one sender, one ticker, one poller at a time.

A row says who, with an epoch that grows with every change of hands, and until when by the clock of the server. Whoever
is in charge renews it; whoever was stopped and wakes up finds another epoch and can write nothing any more.
"""

from sqlalchemy import bindparam, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.asking import value
from storage.tables.engine import leases

NAME = "desk"

_TAKEN = text("select until < clock_timestamp() from leases where name = :name for update skip locked")
_FOUND = text("insert into leases (name, holder, epoch, until) values (:name, '', 0, 'epoch') on conflict do nothing")
_TAKE = text(
    "update leases set holder = :holder, epoch = epoch + 1, until = clock_timestamp() + make_interval(secs => :seconds)"
    " where name = :name returning epoch"
)
_RENEW = text(
    "update leases set until = clock_timestamp() + make_interval(secs => :seconds)"
    " where name = :name and epoch = :epoch"
)
_TAKE_AWAY = text("update leases set epoch = epoch + 1")
_GIVE_BACK = text("update leases set until = clock_timestamp() where name = :name and epoch = :epoch")
_HELD = text("select until > clock_timestamp() from leases where name = :name")
_STILL = (
    select(leases.c.epoch)
    .where(leases.c.name == NAME, leases.c.epoch == bindparam("mine"))
    .with_for_update(read=True, key_share=True)
)


async def take(tx: AsyncConnection, holder: str, seconds: float) -> int | None:
    """Take charge for so many seconds if nobody is in charge; the new epoch, None if somebody is.

    Waits for nobody: whoever is just writing in charge (see `still`) holds the row.
    """
    await tx.execute(_FOUND, {"name": NAME})
    free = (await tx.execute(_TAKEN, {"name": NAME})).scalar()
    if not free:
        return None
    return (await tx.execute(_TAKE, {"name": NAME, "holder": holder, "seconds": seconds})).scalar_one()


async def held(tx: AsyncConnection) -> bool:
    """Whether a program is in charge at this moment."""
    return bool((await tx.execute(_HELD, {"name": NAME})).scalar())


async def renew(tx: AsyncConnection, epoch: int, seconds: float) -> bool:
    """Stay in charge for so many seconds from now. False: somebody else is."""
    return (await tx.execute(_RENEW, {"name": NAME, "epoch": epoch, "seconds": seconds})).rowcount == 1


async def give_back(tx: AsyncConnection, epoch: int) -> None:
    """Be in charge no more: the next one need not wait."""
    await tx.execute(_GIVE_BACK, {"name": NAME, "epoch": epoch})


async def take_away(tx: AsyncConnection) -> None:
    """Whoever was in charge, and does not know yet that its time is over, can write nothing any more."""
    await tx.execute(_TAKE_AWAY)


async def still(tx: AsyncConnection, epoch: int) -> bool:
    """Whether this epoch is the one in charge; nobody else can take charge before this transaction has ended.

    Renewing goes on meanwhile: it does not touch the key.
    """
    return await value(tx, _STILL, {"mine": epoch}) is not None
