"""Cases and what belongs to them. Who reported is not in them."""

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
    Text,
    UniqueConstraint,
    text,
)

from storage.tables.columns import CONTENT, MARK, NAMING, PERSON, VAULT, Key, UTCDateTime, metadata, where

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
    Column("joined", SmallInteger, nullable=False, server_default="0"),
    Column("source", String(8), nullable=False, server_default="chat"),
    Column("on_behalf", Boolean, nullable=False, server_default=text("false")),
    Column("order_number", String(32)),
    Column("order_due", UTCDateTime),
    Column("contact", String(8), nullable=False, server_default="relay"),
    Column("withheld", Boolean, nullable=False, server_default=text("false")),
    Column("confided", SmallInteger, nullable=False, server_default="0"),
    Column("asked_at", UTCDateTime),
    Column("parent_id", Key, ForeignKey("cases.id")),
    Column("criterion", Text),
    Column("returned", SmallInteger, nullable=False, server_default="0"),
    Column("proposed_unit_id", Key),
    Column("shelved_at", UTCDateTime),
    Column("review_at", UTCDateTime),
    Column("on_spot", Boolean, nullable=False, server_default=text("false")),
    Column("conflicted", Boolean, nullable=False, server_default=text("false")),
    Column("yellow_at", UTCDateTime),
    Column("red_at", UTCDateTime),
    Column("overseen_at", UTCDateTime),
    Column("paused_at", UTCDateTime),
    Column("paused_s", Integer, nullable=False, server_default="0"),
    Column("resumed_at", UTCDateTime),
    Column("excluded", String(12)),
    Column("graver_at", UTCDateTime),
    Column("progressed_at", UTCDateTime),
    Column("spared_at", UTCDateTime),
    CheckConstraint("level in ('district', 'town', 'community')", name="level"),
    CheckConstraint("colour in ('red', 'yellow', 'none')", name="colour"),
    CheckConstraint("visibility in ('P', 'M', 'C')", name="visibility"),
    CheckConstraint("version > 0", name="version"),
    CheckConstraint("parent_id is null or status in ('merged', 'archived')", name="parent"),
)
Index("ix_cases_unit_open", cases.c.unit_id, cases.c.id, **where("closed_at is null"))
Index("ix_cases_handler_open", cases.c.handler_id, cases.c.id, **where("closed_at is null"))
Index("ix_cases_near_open", cases.c.latitude, cases.c.longitude, **where("closed_at is null"))
Index("ix_cases_status_open", cases.c.status, cases.c.id, **where("closed_at is null"))

Index("ix_cases_parent", cases.c.parent_id, **where("parent_id is not null"))
Index("ix_cases_order_number", cases.c.order_number, unique=True)

reporters = Table(
    "reporters",
    metadata,
    Column("ref", String(32), primary_key=True),
    Column("owner", BigInteger, index=True, info=MARK),
    Column("address", LargeBinary, info=VAULT),
)

callbacks = Table(
    "callbacks",
    metadata,
    Column("ref", String(32), ForeignKey("reporters.ref"), primary_key=True),
    Column("sealed", LargeBinary, nullable=False, info=VAULT),
)

joiners = Table(
    "joiners",
    metadata,
    Column("ref", String(32), primary_key=True),
    Column("case_id", Key, ForeignKey("cases.id"), nullable=False, index=True),
    Column("at", UTCDateTime, nullable=False),
    Column("contacted", Boolean),
    Column("solved", String(8)),
    Column("satisfied", SmallInteger),
    Column("rated_at", UTCDateTime),
    Column("came_with", Key, ForeignKey("cases.id"), index=True),
    CheckConstraint("satisfied between 1 and 5", name="satisfied"),
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
    Column("person_id", BigInteger, info=PERSON),
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
Index("ix_clocks_due", clocks.c.at, **where("fired_at is null"))
Index("ix_clocks_open", clocks.c.case_id, **where("fired_at is null"))

media = Table(
    "media",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("case_id", Key, ForeignKey("cases.id"), nullable=False, index=True),
    Column("source", String(12), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("file_id", LargeBinary, nullable=False, info=CONTENT),
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
    *(Column(name, Integer, index=True) for name in ("look_a", "look_b", "look_c", "look_d")),
    Column("same_as", Key),
    Column("ref", String(32)),
    UniqueConstraint("case_id", "unique_id"),
    CheckConstraint("state in ('waiting', 'kept', 'too_large', 'unsafe', 'lost')", name="state"),
)
Index("ix_media_sha256", media.c.sha256)
Index("ix_media_waiting", media.c.not_before, **where("state = 'waiting'"))

holds = Table(
    "holds",
    metadata,
    Column("case_id", Key, ForeignKey("cases.id"), primary_key=True),
    Column("why", Text, nullable=False),
    Column("at", UTCDateTime, nullable=False),
)

cards = Table(
    "cards",
    metadata,
    Column("case_id", Key, ForeignKey("cases.id"), primary_key=True),
    Column("place", String(16), primary_key=True),
    Column("recipient", String(64), primary_key=True, info=NAMING),
    Column("message_id", BigInteger, nullable=False),
)

posted = Table(
    "posted",
    metadata,
    Column("recipient", String(64), primary_key=True, info=NAMING),
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column("case_id", Key, ForeignKey("cases.id"), nullable=False, index=True),
    Column("chat_id", BigInteger),
    Column("words", Boolean, nullable=False),
    Column("at", UTCDateTime, nullable=False, index=True),
)

gradings = Table(
    "gradings",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("case_id", Key, ForeignKey("cases.id"), nullable=False, index=True),
    Column("level", String(16), nullable=False),
    Column("colour", String(8), nullable=False),
    Column("reason", Text, nullable=False),
    Column("state", String(8), nullable=False),
    Column("proposed_by", BigInteger, nullable=False, info=PERSON),
    Column("proposed_at", UTCDateTime, nullable=False),
    Column("decided_by", BigInteger, info=PERSON),
    Column("decided_at", UTCDateTime),
    CheckConstraint("level in ('district', 'town', 'community')", name="level"),
    CheckConstraint("colour in ('red', 'yellow', 'none')", name="colour"),
    CheckConstraint("state in ('proposed', 'agreed', 'refused')", name="state"),
    CheckConstraint("state <> 'agreed' or decided_by <> proposed_by", name="two"),
)

requests = Table(
    "requests",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("case_id", Key, ForeignKey("cases.id"), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("words", Text, nullable=False),
    Column("value", String(16), nullable=False),
    Column("role", String(20), nullable=False),
    Column("person_id", BigInteger, nullable=False, info=PERSON),
    Column("unit_id", Key),
    Column("state", String(8), nullable=False),
    Column("asked_at", UTCDateTime, nullable=False),
    Column("decided_by", BigInteger, info=PERSON),
    Column("decided_at", UTCDateTime),
    Column("reason", Text),
    CheckConstraint("state in ('open', 'granted', 'refused')", name="state"),
    CheckConstraint("kind <> 'exclude' or state <> 'granted' or decided_by <> person_id", name="two"),
    CheckConstraint("state <> 'refused' or reason is not null", name="why"),
)
Index("ix_requests_case", requests.c.case_id, requests.c.id)

mutes = Table(
    "mutes",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("owner", BigInteger, nullable=False, info=MARK),
    Column("case_id", Key, ForeignKey("cases.id"), nullable=False),
    Column("reason", String(16), nullable=False),
    Column("days", SmallInteger, nullable=False),
    Column("state", String(8), nullable=False),
    Column("proposed_by", BigInteger, nullable=False, info=PERSON),
    Column("proposed_at", UTCDateTime, nullable=False),
    Column("agreed_by", BigInteger, info=PERSON),
    Column("agreed_at", UTCDateTime),
    Column("until", UTCDateTime),
    Column("objected_at", UTCDateTime),
    Column("lifted_by", BigInteger, info=PERSON),
    Column("lifted_at", UTCDateTime),
    CheckConstraint("state in ('proposed', 'agreed', 'refused', 'lifted')", name="state"),
    CheckConstraint("days between 1 and 30", name="days"),
    CheckConstraint("agreed_by is null or agreed_by <> proposed_by", name="two"),
    CheckConstraint("state <> 'agreed' or until is not null", name="ends"),
)
Index("ix_mutes_owner", mutes.c.owner, mutes.c.until, **where("state = 'agreed'"))
Index("ix_mutes_case", mutes.c.case_id, mutes.c.id)
