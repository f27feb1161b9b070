"""Danger that was heard and is no case yet: whom it was told, and what is still due."""

import sqlalchemy as sa
from alembic import op

from storage import tables

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing was kept of it before."""
    op.create_table(
        "cries",
        sa.Column("id", tables.Key, autoincrement=True, nullable=False),
        sa.Column("mark", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(length=8), server_default="open", nullable=False),
        sa.Column("heard_at", tables.UTCDateTime(timezone=True), nullable=False),
        sa.Column("ask_at", tables.UTCDateTime(timezone=True), nullable=True),
        sa.Column("end_at", tables.UTCDateTime(timezone=True), nullable=True),
        sa.Column("asked_at", tables.UTCDateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state in ('open', 'calm', 'filed', 'over')", name=op.f("ck_cries_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cries")),
        sa.UniqueConstraint("mark", name=op.f("uq_cries_mark")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_cries_person", "cries", ["person_id"])
    op.create_index("ix_cries_old", "cries", ["heard_at"])
    for name, column in (("ix_cries_ask", "ask_at"), ("ix_cries_end", "end_at")):
        waits = sa.text(f"{column} is not null")
        op.create_index(name, "cries", [column], sqlite_where=waits, postgresql_where=waits)


def downgrade() -> None:
    """Without it danger is heard of when a report is submitted."""
    op.drop_table("cries")
