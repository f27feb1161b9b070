"""镇街吹哨: calls to a place and time, the units that were called, and what is to be done there."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    Text,
    text,
)

from storage.tables.columns import Key, UTCDateTime, metadata, where

calls = Table(
    "calls",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("case_id", Key, ForeignKey("cases.id"), nullable=False, index=True),
    Column("caller_id", BigInteger, ForeignKey("people.id"), nullable=False),
    Column("place", String(200), nullable=False),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("at", UTCDateTime, nullable=False),
    Column("called_at", UTCDateTime, nullable=False),
    Column("ended_at", UTCDateTime),
)
Index("ix_calls_open", calls.c.case_id, unique=True, **where("ended_at is null"))

called = Table(
    "called",
    metadata,
    Column("call_id", Key, ForeignKey("calls.id"), primary_key=True),
    Column("unit_id", Key, ForeignKey("units.id"), primary_key=True),
    Column("leads", Boolean, nullable=False, server_default=text("false")),
    Column("arrived_at", UTCDateTime),
    Column("arrived_by", BigInteger, ForeignKey("people.id")),
    Column("metres", Integer),
    Column("placed", Boolean, nullable=False, server_default=text("false")),
    Column("stars", SmallInteger),
    Column("stars_back", SmallInteger),
    CheckConstraint("stars between 1 and 5", name="stars"),
    CheckConstraint("stars_back between 1 and 5", name="stars_back"),
    CheckConstraint("metres is null or arrived_at is not null", name="arrived"),
)

call_tasks = Table(
    "call_tasks",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("call_id", Key, ForeignKey("calls.id"), nullable=False, index=True),
    Column("words", Text, nullable=False),
    Column("done_at", UTCDateTime),
    Column("done_by", BigInteger, ForeignKey("people.id")),
    Column("unit_id", Key, ForeignKey("units.id")),
)
