"""Broadcasts: what was said to whom, who got it, who read it, what they answered; who follows a place; what of the
results was published there."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
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

from storage.tables.columns import CONTENT, PERSON, Key, UTCDateTime, metadata, where

TOPICS = ("results", "works", "warnings", "notices")
"""Columns of a subscription, named as in bot/cases/topics.py. They stand in its index, so that who wants one of them
below a place is answered from the index alone."""

broadcasts = Table(
    "broadcasts",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("draft", String(32), nullable=False, unique=True),
    Column("maker", BigInteger, ForeignKey("people.id"), nullable=False),
    Column("confirmer", BigInteger, ForeignKey("people.id")),
    Column("audience", JSON, nullable=False),
    Column("title", String(40), nullable=False),
    Column("content", LargeBinary, nullable=False, info=CONTENT),
    Column("receipt", Boolean, nullable=False, server_default=text("true")),
    Column("urgent", Boolean, nullable=False, server_default=text("false")),
    Column("stand", String(10), nullable=False),
    Column("total", Integer, nullable=False),
    Column("made_at", UTCDateTime, nullable=False),
    Column("starts_at", UTCDateTime, nullable=False),
    Column("began_at", UTCDateTime),
    Column("ended_at", UTCDateTime),
    Column("shown_at", UTCDateTime),
    Column("card", BigInteger),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("reminding", Boolean, nullable=False, server_default=text("false")),
    Column("reminded_at", UTCDateTime),
    CheckConstraint(
        "stand in ('waiting', 'scheduled', 'sending', 'paused', 'stopped', 'refused', 'done')", name="stand"
    ),
    sqlite_autoincrement=True,
)
Index("ix_broadcasts_open", broadcasts.c.stand, broadcasts.c.starts_at)
Index("ix_broadcasts_reminding", broadcasts.c.id, **where("reminding"))

recipients = Table(
    "recipients",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("broadcast_id", Key, ForeignKey("broadcasts.id"), nullable=False),
    Column("person_id", BigInteger, nullable=False, info=PERSON),
    Column("node_id", Key),
    Column("state", String(12), nullable=False),
    Column("message_id", BigInteger),
    Column("read_at", UTCDateTime),
    Column("nudge", String(5)),
    UniqueConstraint("broadcast_id", "person_id"),
    CheckConstraint("state in ('due', 'owed', 'sent', 'unreachable', 'failed', 'stopped')", name="state"),
)
Index("ix_recipients_state", recipients.c.broadcast_id, recipients.c.state, recipients.c.id)
Index("ix_recipients_nudge", recipients.c.broadcast_id, recipients.c.id, **where("nudge = 'due'"))
Index("ix_recipients_message", recipients.c.person_id, recipients.c.message_id)

replies = Table(
    "replies",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("broadcast_id", Key, ForeignKey("broadcasts.id"), nullable=False),
    Column("person_id", BigInteger, nullable=False, info=PERSON),
    Column("at", UTCDateTime, nullable=False),
    Column("said", LargeBinary, nullable=False, info=CONTENT),
)
Index("ix_replies_broadcast", replies.c.broadcast_id, replies.c.id)

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("person_id", BigInteger, ForeignKey("people.id"), primary_key=True),
    Column("node_id", Key, ForeignKey("nodes.id"), primary_key=True),
    Column("since", UTCDateTime, nullable=False),
    *(Column(topic, Boolean, nullable=False, server_default=text("true")) for topic in TOPICS),
)
Index(
    "ix_subscriptions_node", subscriptions.c.node_id, subscriptions.c.person_id, *(subscriptions.c[t] for t in TOPICS)
)

publications = Table(
    "publications",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("case_id", Key, ForeignKey("cases.id"), nullable=False),
    Column("round", SmallInteger, nullable=False),
    Column("node_id", Key, ForeignKey("nodes.id"), nullable=False),
    Column("words", Text, nullable=False),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("state", String(10), nullable=False, server_default="offered"),
    Column("offered_at", UTCDateTime, nullable=False),
    Column("decided_by", BigInteger, ForeignKey("people.id")),
    Column("decided_at", UTCDateTime),
    Column("withdrawn_by", BigInteger, ForeignKey("people.id")),
    Column("withdrawn_at", UTCDateTime),
    Column("broadcast_id", Key, ForeignKey("broadcasts.id"), unique=True),
    UniqueConstraint("case_id", "round"),
    CheckConstraint("state in ('offered', 'approved', 'left', 'withdrawn')", name="state"),
    CheckConstraint("state <> 'approved' or (decided_by is not null and broadcast_id is not null)", name="approved"),
)
Index("ix_publications_decider", publications.c.decided_by, **where("decided_by is not null"))
Index("ix_publications_withdrawer", publications.c.withdrawn_by, **where("withdrawn_by is not null"))
