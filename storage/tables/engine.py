"""What the engine keeps: what arrived, what we owe, who talks to us and where each talk stands, voices, danger."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    LargeBinary,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
    text,
)

from storage.tables.columns import CONTENT, MARK, NAMING, PERSON, VAULT, Key, UTCDateTime, metadata, where

inbox = Table(
    "inbox",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("bot_id", BigInteger, nullable=False),
    Column("update_id", BigInteger, nullable=False),
    Column("deed", BigInteger, unique=True, info=MARK),
    Column("person", BigInteger, info=PERSON),
    Column("raw", LargeBinary, info=CONTENT),
    Column("state", String(8), nullable=False, server_default="new"),
    Column("attempts", SmallInteger, nullable=False, server_default="0"),
    Column("received_at", UTCDateTime, nullable=False),
    Column("not_before", UTCDateTime),
    Column("trouble", String(120)),
    UniqueConstraint("bot_id", "update_id"),
    CheckConstraint("state in ('new', 'done', 'dead')", name="state"),
    sqlite_autoincrement=True,
)
Index("ix_inbox_new", inbox.c.id, **where("state = 'new'"))
Index("ix_inbox_dead", inbox.c.id, **where("state = 'dead'"))
Index("ix_inbox_old", inbox.c.received_at, **where("state = 'done'"))

outbox = Table(
    "outbox",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("key", String(120), nullable=False, unique=True, info=NAMING),
    Column("kind", String(32), nullable=False),
    Column("recipient", String(64), nullable=False, info=NAMING),
    Column("case_id", Key),
    Column("lane", SmallInteger, nullable=False),
    Column("body", LargeBinary, info=CONTENT),
    Column("state", String(8), nullable=False, server_default="due"),
    Column("attempts", SmallInteger, nullable=False, server_default="0"),
    Column("created_at", UTCDateTime, nullable=False),
    Column("not_before", UTCDateTime, nullable=False),
    Column("maybe_twice", Boolean, nullable=False, server_default=text("false")),
    Column("trouble", String(200)),
    Column("arrived", JSON, info=NAMING),
    CheckConstraint("state in ('due', 'sending', 'sent', 'dropped', 'dead')", name="state"),
    sqlite_autoincrement=True,
)
Index("ix_outbox_due", outbox.c.lane, outbox.c.id, **where("state = 'due'"))
Index("ix_outbox_due_at", outbox.c.not_before, **where("state = 'due'"))
Index("ix_outbox_case", outbox.c.case_id, **where("state = 'due' and case_id is not null"))
Index("ix_outbox_sending", outbox.c.id, **where("state = 'sending'"))
Index("ix_outbox_dead", outbox.c.id, **where("state = 'dead'"))
Index("ix_outbox_old", outbox.c.created_at, **where("state in ('sent', 'dropped')"))

people = Table(
    "people",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("address", LargeBinary, nullable=False, info=VAULT),
    Column("language", String(8)),
    Column("consent", Boolean),
    Column("reachable", Boolean, nullable=False, server_default=text("true")),
    Column("name", String(64)),
    Column("menu", String(80)),
    Column("reminder_hour", SmallInteger),
    Column("large", Boolean, nullable=False, server_default=text("false")),
    Column("quiet_until", UTCDateTime),
)
Index("ix_people_menu", people.c.id, **where("menu is not null"))

dialogs = Table(
    "dialogs",
    metadata,
    Column("person_id", BigInteger, ForeignKey("people.id"), primary_key=True),
    Column("place", BigInteger, primary_key=True, server_default="0"),
    Column("state", String(64)),
    Column("data", LargeBinary, info=CONTENT),
    Column("remind_at", UTCDateTime),
    Column("reminded", SmallInteger, nullable=False, server_default="0"),
)
Index("ix_dialogs_remind", dialogs.c.remind_at, **where("remind_at is not null"))

counters = Table(
    "counters",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", BigInteger, nullable=False, info=NAMING),
)

voices = Table(
    "voices",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("key", BigInteger, nullable=False, unique=True, info=MARK),
    Column("body", LargeBinary, nullable=False, info=CONTENT),
    Column("attempts", SmallInteger, nullable=False, server_default="0"),
    Column("not_before", UTCDateTime, nullable=False),
)
Index("ix_voices_due", voices.c.not_before)

leases = Table(
    "leases",
    metadata,
    Column("name", String(20), primary_key=True),
    Column("holder", String(64), nullable=False),
    Column("epoch", BigInteger, nullable=False),
    Column("until", UTCDateTime, nullable=False),
)

cries = Table(
    "cries",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("mark", BigInteger, nullable=False, unique=True, info=MARK),
    Column("person_id", BigInteger, nullable=False, info=PERSON),
    Column("body", LargeBinary, nullable=False, info=CONTENT),
    Column("state", String(8), nullable=False, server_default="open"),
    Column("heard_at", UTCDateTime, nullable=False),
    Column("ask_at", UTCDateTime),
    Column("end_at", UTCDateTime),
    Column("asked_at", UTCDateTime),
    CheckConstraint("state in ('open', 'calm', 'filed', 'over')", name="state"),
    sqlite_autoincrement=True,
)
Index("ix_cries_person", cries.c.person_id)
Index("ix_cries_ask", cries.c.ask_at, **where("ask_at is not null"))
Index("ix_cries_end", cries.c.end_at, **where("end_at is not null"))
Index("ix_cries_old", cries.c.heard_at)
