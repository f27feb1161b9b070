"""Which keys a database is sealed with: noted when they are changed, compared by whoever begins to work on it."""

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.cases.errors import BrokenSetting
from bot.texts.console import keys_of_another
from storage import counters
from storage.seals import Seals

NAME = "keys"


async def fit(tx: AsyncConnection, seals: Seals) -> bool:
    """Whether these keys are the ones; of a database whose keys never changed nobody knows better."""
    return await counters.get(tx, NAME) in {None, seals.mark}


async def must_fit(tx: AsyncConnection, seals: Seals) -> None:
    """Nothing is written that could never be read. Raises BrokenSetting."""
    if not await fit(tx, seals):
        raise BrokenSetting(keys_of_another())


async def are(tx: AsyncConnection, seals: Seals) -> bool:
    """Whether the database says that it is sealed with these."""
    return await counters.get(tx, NAME) == seals.mark


async def note(tx: AsyncConnection, seals: Seals) -> None:
    """It is sealed with these from now on."""
    await counters.put(tx, NAME, seals.mark)
