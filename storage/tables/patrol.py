"""What people with a place do: the patrol log, roll calls and tasks, documents drawn of it, the quarter sheets."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from storage.tables.columns import CONTENT, NAMING, Key, UTCDateTime, metadata, where

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
    Column("note", LargeBinary, info=CONTENT),
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
    Column("file_id", LargeBinary, nullable=False, info=CONTENT),
    Column("unique_id", String(64), nullable=False),
    Column("size", BigInteger),
    Column("came_at", UTCDateTime, nullable=False),
    UniqueConstraint("patrol_id", "unique_id"),
)

papers = Table(
    "papers",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("key", String(120), nullable=False, unique=True, info=NAMING),
    Column("kind", String(24), nullable=False),
    Column("recipient", String(64), nullable=False, info=NAMING),
    Column("body", LargeBinary, nullable=False, info=CONTENT),
    Column("state", String(8), nullable=False, server_default="waiting"),
    Column("attempts", SmallInteger, nullable=False, server_default="0"),
    Column("path", String(200)),
    Column("asked_at", UTCDateTime, nullable=False),
    CheckConstraint("state in ('waiting', 'made', 'failed')", name="state"),
)
Index("ix_papers_recipient", papers.c.recipient, papers.c.asked_at)
Index("ix_papers_waiting", papers.c.id, **where("state = 'waiting'"))
Index("ix_papers_old", papers.c.asked_at, **where("state <> 'waiting'"))

rounds = Table(
    "rounds",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("kind", String(8), nullable=False),
    Column("caller_id", BigInteger, ForeignKey("people.id"), nullable=False),
    Column("node_id", Key, ForeignKey("nodes.id"), nullable=False),
    Column("words", Text, nullable=False),
    Column("opened_at", UTCDateTime, nullable=False),
    Column("closes_at", UTCDateTime, nullable=False),
    Column("remind_at", UTCDateTime),
    Column("closed_at", UTCDateTime),
    Column("stale", Boolean, nullable=False, server_default=text("true")),
    Column("confirmer", BigInteger, ForeignKey("people.id")),
    Column("state", String(8), nullable=False, server_default="open"),
    CheckConstraint("kind in ('rollcall', 'task')", name="kind"),
    CheckConstraint("state in ('waiting', 'open', 'refused')", name="state"),
)
Index("ix_rounds_closing", rounds.c.closes_at, **where("closed_at is null"))
Index("ix_rounds_reminding", rounds.c.remind_at, **where("closed_at is null and remind_at is not null"))
Index("ix_rounds_stale", rounds.c.id, **where("stale"))

round_parts = Table(
    "round_parts",
    metadata,
    Column("round_id", Key, ForeignKey("rounds.id"), primary_key=True),
    Column("node_id", Key, ForeignKey("nodes.id"), primary_key=True, index=True),
    Column("households", Integer, nullable=False),
    Column("done", Integer, nullable=False, server_default="0"),
    Column("help", Integer, nullable=False, server_default="0"),
    Column("missing", Integer, nullable=False, server_default="0"),
    Column("who", LargeBinary, info=CONTENT),
    Column("case_number", String(16)),
    Column("answered_at", UTCDateTime),
    CheckConstraint("households >= 0 and done >= 0 and help >= 0 and missing >= 0", name="counts"),
)

boards = Table(
    "boards",
    metadata,
    Column("name", String(64), primary_key=True, info=NAMING),
    Column("recipient", String(64), primary_key=True, info=NAMING),
    Column("message_id", BigInteger, nullable=False),
)

sheets = Table(
    "sheets",
    metadata,
    Column("person_id", BigInteger, ForeignKey("people.id"), primary_key=True),
    Column("quarter", String(6), primary_key=True),
    Column("facts", JSON, nullable=False),
    Column("added", SmallInteger, nullable=False, server_default="0"),
    Column("given_at", UTCDateTime, nullable=False),
)

appeals = Table(
    "appeals",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("person_id", BigInteger, ForeignKey("people.id"), nullable=False),
    Column("quarter", String(6), nullable=False),
    Column("words", LargeBinary, nullable=False, info=CONTENT),
    Column("came_at", UTCDateTime, nullable=False),
    Column("decided_at", UTCDateTime),
    Column("decided_by", BigInteger, ForeignKey("people.id")),
    Column("points", SmallInteger, nullable=False, server_default="0"),
    Column("reason", LargeBinary, info=CONTENT),
    UniqueConstraint("person_id", "quarter"),
)
