"""How the grid was re-drawn: when, by whom, why, and row by row what became of what."""

from sqlalchemy import JSON, BigInteger, CheckConstraint, Column, ForeignKey, Index, String, Table, UniqueConstraint

from storage.tables.columns import NAMING, PERSON, Key, UTCDateTime, metadata

redrawings = Table(
    "redrawings",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("kind", String(8), nullable=False),
    Column("reason", String(200), nullable=False),
    Column("at", UTCDateTime, nullable=False),
    Column("made_by", BigInteger, info=PERSON),
    Column("undoes", Key, ForeignKey("redrawings.id")),
    UniqueConstraint("undoes"),
    CheckConstraint("kind in ('split', 'merge', 'move', 'undo')", name="kind"),
    CheckConstraint("(kind = 'undo') = (undoes is not null)", name="undoes"),
)

redrawn = Table(
    "redrawn",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("redrawing_id", Key, ForeignKey("redrawings.id"), nullable=False, index=True),
    Column("what", String(10), nullable=False),
    Column("row_id", BigInteger, nullable=False),
    Column("before", Key, ForeignKey("nodes.id")),
    Column("after", Key, ForeignKey("nodes.id")),
    Column("facts", JSON, nullable=False, info=NAMING),
    CheckConstraint(
        "what in ('began', 'moved', 'outline', 'ended', 'case', 'duty', 'dropped', 'unit', 'group', 'invitation')",
        name="what",
    ),
)
Index("ix_redrawn_row", redrawn.c.row_id, redrawn.c.what)
