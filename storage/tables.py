"""Every table. CHECK, UNIQUE and foreign keys carry the invariants; every sweep and list has its index.

Who reported is not in `cases`: a case holds a random reference, `reporters` holds the sealed way back.
Columns that hold somebody's words or a way to a person in transit are sealed bytes (see storage/seals.py).
Rows of inbox and outbox are deleted, but their numbers are never used again (AUTOINCREMENT): keys of answers and the
serials that people see are made of them.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)


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


def _where(condition: str) -> dict[str, Any]:
    """Arguments of a partial index, the same on both databases."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


inbox = Table(
    "inbox",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("bot_id", BigInteger, nullable=False),
    Column("update_id", BigInteger, nullable=False),
    Column("deed", BigInteger, unique=True),
    Column("person", BigInteger),
    Column("raw", LargeBinary),
    Column("state", String(8), nullable=False, server_default="new"),
    Column("attempts", SmallInteger, nullable=False, server_default="0"),
    Column("received_at", UTCDateTime, nullable=False),
    Column("not_before", UTCDateTime),
    Column("trouble", String(120)),
    UniqueConstraint("bot_id", "update_id"),
    CheckConstraint("state in ('new', 'done', 'dead')", name="state"),
    sqlite_autoincrement=True,
)
Index("ix_inbox_new", inbox.c.id, **_where("state = 'new'"))
Index("ix_inbox_old", inbox.c.received_at, **_where("state = 'done'"))

outbox = Table(
    "outbox",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("key", String(120), nullable=False, unique=True),
    Column("kind", String(32), nullable=False),
    Column("recipient", String(64), nullable=False),
    Column("case_id", Key),
    Column("lane", SmallInteger, nullable=False),
    Column("body", LargeBinary),
    Column("state", String(8), nullable=False, server_default="due"),
    Column("attempts", SmallInteger, nullable=False, server_default="0"),
    Column("created_at", UTCDateTime, nullable=False),
    Column("not_before", UTCDateTime, nullable=False),
    Column("maybe_twice", Boolean, nullable=False, server_default=text("false")),
    Column("trouble", String(200)),
    CheckConstraint("state in ('due', 'sending', 'sent', 'dropped', 'dead')", name="state"),
    sqlite_autoincrement=True,
)
Index("ix_outbox_due", outbox.c.lane, outbox.c.id, **_where("state = 'due'"))
Index("ix_outbox_due_at", outbox.c.not_before, **_where("state = 'due'"))
Index("ix_outbox_case", outbox.c.case_id, **_where("state = 'due' and case_id is not null"))
Index("ix_outbox_sending", outbox.c.id, **_where("state = 'sending'"))
Index("ix_outbox_old", outbox.c.created_at, **_where("state in ('sent', 'dropped')"))

people = Table(
    "people",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("address", LargeBinary, nullable=False),
    Column("language", String(8)),
    Column("consent", Boolean),
    Column("reachable", Boolean, nullable=False, server_default=text("true")),
    Column("name", String(64)),
)

dialogs = Table(
    "dialogs",
    metadata,
    Column("person_id", BigInteger, ForeignKey("people.id"), primary_key=True),
    Column("place", BigInteger, primary_key=True, server_default="0"),
    Column("state", String(64)),
    Column("data", LargeBinary),
    Column("remind_at", UTCDateTime),
    Column("reminded", SmallInteger, nullable=False, server_default="0"),
)
Index("ix_dialogs_remind", dialogs.c.remind_at, **_where("remind_at is not null"))

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
    UniqueConstraint("chat_id", "topic_id"),
    CheckConstraint("level in ('district', 'town', 'community')", name="level"),
)

nodes = Table(
    "nodes",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("code", String(40), nullable=False, unique=True),
    Column("name", String(64), nullable=False),
    Column("depth", SmallInteger, nullable=False),
    Column("parent_id", Key, ForeignKey("nodes.id"), index=True),
    Column("aliases", JSON),
    Column("boundary", JSON),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("valid_from", UTCDateTime),
    Column("valid_to", UTCDateTime),
    CheckConstraint("depth between 1 and 5", name="depth"),
)

duties = Table(
    "duties",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("person_id", BigInteger, ForeignKey("people.id"), nullable=False, index=True),
    Column("role", String(20), nullable=False),
    Column("unit_id", Key, ForeignKey("units.id"), index=True),
    Column("node_id", Key, ForeignKey("nodes.id"), index=True),
    Column("rank", SmallInteger, nullable=False, server_default="0"),
    Column("until", UTCDateTime),
)
Index("ix_duties_role", duties.c.role)

cases = Table(
    "cases",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("number", String(16), nullable=False, unique=True),
    Column("draft", String(32), nullable=False, unique=True),
    Column("reporter", String(32), nullable=False, unique=True),
    Column("matter", String(8), nullable=False),
    Column("level", String(16), nullable=False),
    Column("colour", String(8), nullable=False),
    Column("visibility", String(1), nullable=False),
    Column("status", String(20), nullable=False),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("text", Text, nullable=False),
    Column("answers", JSON),
    Column("place", String(200), nullable=False),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("sealed", Boolean, nullable=False, server_default=text("false")),
    Column("danger", Boolean, nullable=False, server_default=text("false")),
    Column("node_id", Key, ForeignKey("nodes.id"), index=True),
    Column("unit_id", Key, ForeignKey("units.id")),
    Column("handler_id", BigInteger, ForeignKey("people.id")),
    Column("closer_id", BigInteger, ForeignKey("people.id")),
    Column("registered_at", UTCDateTime, nullable=False),
    Column("dispatched_at", UTCDateTime),
    Column("accepted_at", UTCDateTime),
    Column("contacted_at", UTCDateTime),
    Column("resolved_at", UTCDateTime),
    Column("closed_at", UTCDateTime),
    Column("due_at", UTCDateTime),
    Column("result", Text),
    Column("outcome", String(16)),
    Column("redone", SmallInteger, nullable=False, server_default="0"),
    Column("urged", SmallInteger, nullable=False, server_default="0"),
    Column("urged_at", UTCDateTime),
    CheckConstraint("level in ('district', 'town', 'community')", name="level"),
    CheckConstraint("colour in ('red', 'yellow', 'none')", name="colour"),
    CheckConstraint("visibility in ('P', 'M', 'C')", name="visibility"),
    CheckConstraint("version > 0", name="version"),
)
Index("ix_cases_unit_open", cases.c.unit_id, cases.c.id, **_where("closed_at is null"))
Index("ix_cases_status_open", cases.c.status, cases.c.id, **_where("closed_at is null"))

reporters = Table(
    "reporters",
    metadata,
    Column("ref", String(32), primary_key=True),
    Column("owner", BigInteger, index=True),
    Column("address", LargeBinary),
)

ratings = Table(
    "ratings",
    metadata,
    Column("case_id", Key, ForeignKey("cases.id"), primary_key=True),
    Column("round", SmallInteger, primary_key=True, server_default="0"),
    Column("contacted", Boolean),
    Column("solved", String(8)),
    Column("satisfied", SmallInteger),
    Column("at", UTCDateTime, nullable=False),
    CheckConstraint("satisfied between 1 and 5", name="satisfied"),
)

history = Table(
    "history",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("case_id", Key, ForeignKey("cases.id"), nullable=False),
    Column("at", UTCDateTime, nullable=False),
    Column("action", String(32), nullable=False),
    Column("role", String(20), nullable=False),
    Column("person_id", BigInteger),
    Column("unit_id", Key),
    Column("before", String(20)),
    Column("after", String(20)),
    Column("note", Text),
    Column("public", Boolean, nullable=False, server_default=text("false")),
)
Index("ix_history_case", history.c.case_id, history.c.id)

clocks = Table(
    "clocks",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("case_id", Key, ForeignKey("cases.id"), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("step", SmallInteger, nullable=False, server_default="0"),
    Column("audience", String(32), nullable=False),
    Column("at", UTCDateTime, nullable=False),
    Column("fired_at", UTCDateTime),
    UniqueConstraint("case_id", "kind", "step", "at"),
)
Index("ix_clocks_due", clocks.c.at, **_where("fired_at is null"))
Index("ix_clocks_open", clocks.c.case_id, **_where("fired_at is null"))

media = Table(
    "media",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("case_id", Key, ForeignKey("cases.id"), nullable=False, index=True),
    Column("source", String(12), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("file_id", LargeBinary, nullable=False),
    Column("unique_id", String(64), nullable=False),
    Column("size", BigInteger),
    Column("state", String(10), nullable=False, server_default="waiting"),
    Column("attempts", SmallInteger, nullable=False, server_default="0"),
    Column("came_at", UTCDateTime, nullable=False),
    Column("not_before", UTCDateTime, nullable=False),
    Column("path", String(200)),
    Column("copy", String(200)),
    Column("sha256", String(64)),
    Column("look", BigInteger),
    UniqueConstraint("case_id", "unique_id"),
    CheckConstraint("state in ('waiting', 'kept', 'too_large', 'unsafe', 'lost')", name="state"),
)
Index("ix_media_waiting", media.c.not_before, **_where("state = 'waiting'"))

cards = Table(
    "cards",
    metadata,
    Column("case_id", Key, ForeignKey("cases.id"), primary_key=True),
    Column("place", String(16), primary_key=True),
    Column("recipient", String(64), primary_key=True),
    Column("message_id", BigInteger, nullable=False),
)

counters = Table(
    "counters",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", BigInteger, nullable=False),
)
