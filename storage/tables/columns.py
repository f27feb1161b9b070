"""What columns are made of: aware times, keys, partial indexes, and the names of what hangs on a table."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, MetaData, TypeDecorator, text


class UTCDateTime(TypeDecorator[datetime]):
    """Aware UTC in and out on both databases (SQLite drops the zone of DateTime(timezone=True))."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive times, store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive time reached the database")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back aware UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        """The same in one step on SQLite: a case alone has fifteen times."""
        return _read if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


def _read(words: str | None) -> datetime | None:
    return None if words is None else datetime.fromisoformat(words).replace(tzinfo=UTC)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Key = BigInteger().with_variant(Integer, "sqlite")


VAULT, CONTENT = {"sealed": "vault"}, {"sealed": "content"}
"""The info of a column of sealed bytes: by which key (storage/seals.py)."""

PERSON, MARK, NAMING = {"keyed": "person"}, {"keyed": "mark"}, {"keyed": "naming"}
"""The info of a column that hangs on a key: the number of a person (one that refers to `people` need not say so), a
keyed mark of something else, words or numbers among which numbers of people may stand. `yashu rotate-keys` goes by it
(storage/resealing.py)."""


def where(condition: str) -> dict[str, Any]:
    """Arguments of a partial index, the same on both databases."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}
