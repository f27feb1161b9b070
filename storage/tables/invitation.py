"""How people come in and show who they are: invitations, applications, codes of staff cards, groups of residents."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Table,
)

from storage.tables.columns import CONTENT, PERSON, Key, UTCDateTime, metadata, where

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
    Column("made_by", BigInteger, info=PERSON),
    Column("made_at", UTCDateTime, nullable=False),
    Column("expires_at", UTCDateTime, nullable=False),
    Column("used_by", BigInteger, info=PERSON),
    Column("used_at", UTCDateTime),
    Column("decided_by", BigInteger, info=PERSON),
    Column("decided_at", UTCDateTime),
    Column("state", String(8), nullable=False, server_default="open"),
    CheckConstraint("state in ('open', 'waiting', 'done', 'refused', 'revoked')", name="state"),
    CheckConstraint("(state in ('open', 'revoked')) or used_by is not null", name="used"),
)
Index("ix_invitations_open", invitations.c.member_id, **where("state in ('open', 'waiting')"))
Index("ix_invitations_old", invitations.c.expires_at, **where("state in ('open', 'revoked')"))

applications = Table(
    "applications",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("person_id", BigInteger, ForeignKey("people.id")),
    Column("put_forward_by", BigInteger, ForeignKey("people.id")),
    Column("told", LargeBinary, info=CONTENT),
    Column("mark", String(64), unique=True),
    Column("kind", String(20), nullable=False),
    Column("node_id", Key, ForeignKey("nodes.id"), nullable=False),
    Column("state", String(8), nullable=False),
    Column("reason", String(16)),
    Column("made_at", UTCDateTime, nullable=False),
    Column("decided_by", BigInteger, info=PERSON),
    Column("decided_at", UTCDateTime),
    CheckConstraint("state in ('offered', 'waiting', 'approved', 'refused', 'gone')", name="state"),
    CheckConstraint("state in ('offered', 'gone') or person_id is not null", name="whose"),
)
Index("ix_applications_person", applications.c.person_id, unique=True, **where("state = 'waiting'"))
Index("ix_applications_offered", applications.c.put_forward_by, applications.c.made_at, **where("state = 'offered'"))
Index("ix_applications_old", applications.c.made_at, **where("state = 'offered'"))

staff_codes = Table(
    "staff_codes",
    metadata,
    Column("mark", String(64), primary_key=True),
    Column("member_id", Key, ForeignKey("members.id"), nullable=False, index=True),
    Column("expires_at", UTCDateTime, nullable=False, index=True),
    Column("seen_by", BigInteger, info=PERSON),
)

resident_groups = Table(
    "resident_groups",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("node_id", Key, ForeignKey("nodes.id"), nullable=False, index=True),
    Column("bound_by", BigInteger, info=PERSON),
    Column("bound_at", UTCDateTime, nullable=False),
)
