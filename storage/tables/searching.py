"""What cases are found by: the pairs of characters of their words."""

from typing import Any

from sqlalchemy import ARRAY, Column, Dialect, ForeignKey, Table, Text, TypeDecorator

from storage.tables.columns import Key, metadata


class Pieces(TypeDecorator[list[str]]):
    """A list of short words: an array on PostgreSQL, on SQLite one text with spaces, as its index wants it."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """The type of this database."""
        kind: Any = ARRAY(Text) if dialect.name == "postgresql" else Text()
        return dialect.type_descriptor(kind)

    def process_bind_param(self, value: list[str] | None, dialect: Dialect) -> Any:
        """Into the database."""
        return " ".join(value) if value is not None and dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> list[str] | None:
        """Out of it."""
        return str(value).split() if value is not None and dialect.name == "sqlite" else value


case_words = Table(
    "case_words",
    metadata,
    Column("case_id", Key, ForeignKey("cases.id"), primary_key=True, autoincrement=False),
    Column("pieces", Pieces, nullable=False),
)
"""Its index, of the kind that each database has for words, is made by the migration."""
