"""After a broadcast: trying again what failed, and reminding those who have not read it."""

import sqlalchemy as sa
from alembic import op

from storage import tables

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

MOMENT = tables.UTCDateTime(timezone=True)


def upgrade() -> None:
    """How often it was tried, whether and when it was reminded of, and to whom that is still owed."""
    op.add_column("broadcasts", sa.Column("tries", sa.Integer(), server_default="0", nullable=False))
    op.add_column("broadcasts", sa.Column("reminding", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.add_column("broadcasts", sa.Column("reminded_at", MOMENT, nullable=True))
    op.add_column("recipients", sa.Column("nudge", sa.String(length=5), nullable=True))
    for name, table, columns, rows in (
        ("ix_broadcasts_reminding", "broadcasts", ["id"], sa.text("reminding")),
        ("ix_recipients_nudge", "recipients", ["broadcast_id", "id"], sa.text("nudge = 'due'")),
    ):
        op.create_index(name, table, columns, sqlite_where=rows, postgresql_where=rows)


def downgrade() -> None:
    """Without them nobody is reminded."""
    op.drop_index("ix_recipients_nudge", "recipients")
    op.drop_index("ix_broadcasts_reminding", "broadcasts")
    op.drop_column("recipients", "nudge")
    for name in ("reminded_at", "reminding", "tries"):
        op.drop_column("broadcasts", name)
