"""How people come in and show who they are: invitations, codes of staff cards, and the groups of residents."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    String,
    Table,
)

from storage.tables.columns import Key, UTCDateTime, metadata, where

invitations = Table(
    "invitations",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("mark", String(64), nullable=False, unique=True),
    Column("member_id", Key, ForeignKey("members.id")),
    Column("name", String(64)),
    Column("role", String(20), nullable=False),
    Column("node_id", Key, ForeignKey("nodes.id")),
    Column("unit_id", Key, ForeignKey("units.id")),
    Column("approval", Boolean, nullable=False),
    Column("made_by", BigInteger),
    Column("made_at", UTCDateTime, nullable=False),
    Column("expires_at", UTCDateTime, nullable=False),
    Column("used_by", BigInteger),
    Column("used_at", UTCDateTime),
    Column("decided_by", BigInteger),
    Column("decided_at", UTCDateTime),
    Column("state", String(8), nullable=False, server_default="open"),
    CheckConstraint("state in ('open', 'waiting', 'done', 'refused', 'revoked')", name="state"),
    CheckConstraint("(state in ('open', 'revoked')) or used_by is not null", name="used"),
)
Index("ix_invitations_open", invitations.c.member_id, **where("state in ('open', 'waiting')"))
Index("ix_invitations_old", invitations.c.expires_at, **where("state in ('open', 'revoked')"))

staff_codes = Table(
    "staff_codes",
    metadata,
    Column("mark", String(64), primary_key=True),
    Column("member_id", Key, ForeignKey("members.id"), nullable=False, index=True),
    Column("expires_at", UTCDateTime, nullable=False, index=True),
    Column("seen_by", BigInteger),
)

resident_groups = Table(
    "resident_groups",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("node_id", Key, ForeignKey("nodes.id"), nullable=False, index=True),
    Column("bound_by", BigInteger),
    Column("bound_at", UTCDateTime, nullable=False),
)
