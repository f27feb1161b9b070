"""What shows that a case was really solved: who watches it for the place, and who was called back."""

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Index, SmallInteger, String, Table, Text

from storage.tables.columns import Key, UTCDateTime, metadata, where

supervisions = Table(
    "supervisions",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("case_id", Key, ForeignKey("cases.id"), nullable=False, index=True),
    Column("person_id", BigInteger, ForeignKey("people.id"), nullable=False),
    Column("state", String(8), nullable=False, server_default="open"),
    Column("given_at", UTCDateTime, nullable=False),
    Column("remind_at", UTCDateTime),
    Column("due_at", UTCDateTime),
    Column("looked_at", UTCDateTime),
    Column("verdict", String(8)),
    Column("ended_at", UTCDateTime),
    CheckConstraint("state in ('open', 'judged', 'moved', 'ended')", name="state"),
    CheckConstraint("verdict in ('confirm', 'fail')", name="verdict"),
)
Index("ix_supervisions_open", supervisions.c.case_id, unique=True, **where("state = 'open'"))
Index("ix_supervisions_person", supervisions.c.person_id, supervisions.c.id)
Index("ix_supervisions_watching", supervisions.c.person_id, supervisions.c.case_id, **where("state = 'open'"))
Index("ix_supervisions_remind", supervisions.c.remind_at, **where("state = 'open' and remind_at is not null"))

revisits = Table(
    "revisits",
    metadata,
    Column("case_id", Key, ForeignKey("cases.id"), primary_key=True),
    Column("round", SmallInteger, primary_key=True),
    Column("why", String(8), nullable=False),
    Column("caller_id", BigInteger, ForeignKey("people.id"), index=True),
    Column("state", String(8), nullable=False, server_default="open"),
    Column("made_at", UTCDateTime, nullable=False),
    Column("due_at", UTCDateTime, nullable=False),
    Column("remind_at", UTCDateTime),
    Column("tries", SmallInteger, nullable=False, server_default="0"),
    Column("asked_at", UTCDateTime),
    Column("reached_at", UTCDateTime),
    Column("solved", String(8)),
    Column("satisfied", SmallInteger),
    Column("note", Text),
    Column("ended_at", UTCDateTime),
    CheckConstraint("why in ('red', 'sample', 'bad')", name="why"),
    CheckConstraint("state in ('open', 'reached', 'missed', 'dropped')", name="state"),
    CheckConstraint("solved in ('yes', 'part', 'no')", name="solved"),
    CheckConstraint("satisfied between 1 and 5", name="satisfied"),
)
Index("ix_revisits_open", revisits.c.due_at, revisits.c.case_id, **where("state = 'open'"))
Index("ix_revisits_remind", revisits.c.remind_at, **where("remind_at is not null"))
