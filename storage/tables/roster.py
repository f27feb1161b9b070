"""Who is on duty when, who may not see a case, and what a group was reminded of in the last hour."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from storage.tables.columns import NAMING, PERSON, Key, UTCDateTime, metadata, where

shifts = Table(
    "shifts",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("unit_id", Key, ForeignKey("units.id"), nullable=False),
    Column("weekday", SmallInteger, nullable=False),
    Column("begins", SmallInteger, nullable=False),
    Column("ends", SmallInteger, nullable=False),
    Column("member_id", Key, ForeignKey("members.id"), nullable=False, index=True),
    UniqueConstraint("unit_id", "weekday", "begins", "member_id"),
    CheckConstraint("weekday between 0 and 6", name="weekday"),
    CheckConstraint("begins between 0 and 1439", name="begins"),
    CheckConstraint("ends between 0 and 1439", name="ends"),
)

absences = Table(
    "absences",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("unit_id", Key, ForeignKey("units.id"), nullable=False),
    Column("member_id", Key, ForeignKey("members.id"), nullable=False, index=True),
    Column("substitute_id", Key, ForeignKey("members.id"), index=True),
    Column("since", UTCDateTime, nullable=False),
    Column("until", UTCDateTime, nullable=False),
    CheckConstraint("until > since", name="span"),
    CheckConstraint("substitute_id is null or substitute_id <> member_id", name="another"),
)
Index("ix_absences_unit", absences.c.unit_id, absences.c.until)

swaps = Table(
    "swaps",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("unit_id", Key, ForeignKey("units.id"), nullable=False),
    Column("member_id", Key, ForeignKey("members.id"), nullable=False, index=True),
    Column("day", Date, nullable=False),
    Column("begins", SmallInteger, nullable=False),
    Column("other_id", Key, ForeignKey("members.id"), nullable=False, index=True),
    Column("other_day", Date, nullable=False),
    Column("other_begins", SmallInteger, nullable=False),
    Column("state", String(8), nullable=False),
    Column("asked_at", UTCDateTime, nullable=False),
    CheckConstraint("state in ('asked', 'agreed', 'refused')", name="state"),
    CheckConstraint("other_id <> member_id", name="another"),
)
Index("ix_swaps_unit", swaps.c.unit_id, swaps.c.day)

conflicts = Table(
    "conflicts",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("case_id", Key, ForeignKey("cases.id"), nullable=False),
    Column("unit_id", Key, ForeignKey("units.id"), index=True),
    Column("member_id", Key, ForeignKey("members.id"), index=True),
    Column("person_id", BigInteger, info=PERSON),
    Column("state", String(10), nullable=False),
    Column("by_id", BigInteger, info=PERSON),
    Column("at", UTCDateTime, nullable=False),
    Column("ended_by", BigInteger, info=PERSON),
    Column("ended_at", UTCDateTime),
    Column("note", Text),
    CheckConstraint("state in ('suggested', 'set', 'refused', 'lifted')", name="state"),
    CheckConstraint("(unit_id is null) <> (member_id is null)", name="one"),
    CheckConstraint("state <> 'lifted' or (ended_by is not null and note is not null)", name="why"),
)
Index("ix_conflicts_case", conflicts.c.case_id, conflicts.c.id)

nudged = Table(
    "nudged",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("recipient", String(64), nullable=False, info=NAMING),
    Column("at", UTCDateTime, nullable=False),
    Column("held", Boolean, nullable=False, server_default=text("false")),
    Column("case_id", Key, ForeignKey("cases.id")),
    Column("status", String(20)),
    Column("kind", String(32)),
    Column("reader", String(10)),
)
Index("ix_nudged_recipient", nudged.c.recipient, nudged.c.at)
Index("ix_nudged_held", nudged.c.recipient, nudged.c.id, **where("held"))
