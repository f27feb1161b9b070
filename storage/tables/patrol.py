"""What people with a place do day by day: the patrol log."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Date,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
)

from storage.tables.columns import Key, UTCDateTime, metadata

patrols = Table(
    "patrols",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("person_id", BigInteger, ForeignKey("people.id"), nullable=False),
    Column("node_id", Key, ForeignKey("nodes.id"), nullable=False),
    Column("role", String(20), nullable=False),
    Column("day", Date, nullable=False),
    Column("items", JSON, nullable=False),
    Column("cases", JSON, nullable=False),
    Column("note", LargeBinary),
    Column("card_id", BigInteger),
    Column("done_at", UTCDateTime),
    UniqueConstraint("person_id", "node_id", "day"),
)
Index("ix_patrols_node_day", patrols.c.node_id, patrols.c.day)

patrol_photos = Table(
    "patrol_photos",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("patrol_id", Key, ForeignKey("patrols.id"), nullable=False),
    Column("file_id", LargeBinary, nullable=False),
    Column("unique_id", String(64), nullable=False),
    Column("size", BigInteger),
    Column("came_at", UTCDateTime, nullable=False),
    UniqueConstraint("patrol_id", "unique_id"),
)
