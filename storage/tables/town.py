"""The town: its places, its units, and who is there for what."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
    text,
)

from storage.tables.columns import MARK, VAULT, Key, UTCDateTime, metadata, where

nodes = Table(
    "nodes",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("code", String(40), nullable=False, unique=True),
    Column("name", String(64), nullable=False),
    Column("depth", SmallInteger, nullable=False),
    Column("parent_id", Key, ForeignKey("nodes.id"), index=True),
    Column("path", String(120), nullable=False, server_default="/", index=True),
    Column("aliases", JSON),
    Column("addresses", JSON),
    Column("boundary", JSON),
    Column("households", Integer),
    Column("party_group", String(64)),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("valid_from", UTCDateTime),
    Column("valid_to", UTCDateTime),
    CheckConstraint("depth between 1 and 5", name="depth"),
)

units = Table(
    "units",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("code", String(40), nullable=False, unique=True),
    Column("name", String(64), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("level", String(16), nullable=False),
    Column("parent_id", Key, ForeignKey("units.id")),
    Column("node_id", Key, ForeignKey("nodes.id")),
    Column("matters", JSON),
    Column("chat_id", BigInteger),
    Column("topic_id", BigInteger),
    Column("version", Integer, nullable=False, server_default="1"),
    UniqueConstraint("chat_id", "topic_id"),
    CheckConstraint("level in ('district', 'town', 'community')", name="level"),
)

members = Table(
    "members",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("person_id", BigInteger, ForeignKey("people.id"), unique=True),
    Column("name", String(64), nullable=False),
    Column("kind", String(20)),
    Column("phone", LargeBinary, info=VAULT),
    Column("phone_mark", BigInteger, index=True, info=MARK),
    Column("phone_tail", String(4), index=True),
    Column("shows_phone", Boolean, nullable=False, server_default=text("false")),
    Column("hours", String(60)),
    Column("tags", JSON),
    Column("state", String(10), nullable=False, server_default="invited"),
    Column("until", UTCDateTime),
    CheckConstraint("state in ('invited', 'active', 'suspended', 'left')", name="state"),
)
Index("ix_members_name", members.c.name)

duties = Table(
    "duties",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("person_id", BigInteger, ForeignKey("people.id"), index=True),
    Column("member_id", Key, ForeignKey("members.id"), index=True),
    Column("role", String(20), nullable=False),
    Column("unit_id", Key, ForeignKey("units.id"), index=True),
    Column("node_id", Key, ForeignKey("nodes.id"), index=True),
    Column("rank", SmallInteger, nullable=False, server_default="0"),
    Column("suspended", Boolean, nullable=False, server_default=text("false")),
    Column("until", UTCDateTime),
    Column("told", SmallInteger, nullable=False, server_default="0"),
    CheckConstraint("person_id is not null or member_id is not null", name="somebody"),
)
Index("ix_duties_role", duties.c.role)
Index(
    "ix_duties_ending",
    duties.c.told,
    duties.c.until,
    **where("role = 'whistleblower' and until is not null"),
)
