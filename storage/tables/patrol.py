"""What people with a place do day by day: the patrol log, and the documents drawn of it."""

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    LargeBinary,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
)

from storage.tables.columns import Key, UTCDateTime, metadata, where

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

papers = Table(
    "papers",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("key", String(120), nullable=False, unique=True),
    Column("kind", String(24), nullable=False),
    Column("recipient", String(64), nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("state", String(8), nullable=False, server_default="waiting"),
    Column("attempts", SmallInteger, nullable=False, server_default="0"),
    Column("path", String(200)),
    Column("asked_at", UTCDateTime, nullable=False),
    CheckConstraint("state in ('waiting', 'made', 'failed')", name="state"),
)
Index("ix_papers_waiting", papers.c.id, **where("state = 'waiting'"))
Index("ix_papers_old", papers.c.asked_at, **where("state <> 'waiting'"))
