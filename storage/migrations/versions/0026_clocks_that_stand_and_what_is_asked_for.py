"""The clock of a unit stands while its question is open."""

import sqlalchemy as sa
from alembic import op

from storage import tables

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Of cases that run no clock ever stood."""
    for name in ("paused_at", "resumed_at"):
        op.add_column("cases", sa.Column(name, tables.UTCDateTime(timezone=True), nullable=True))
    op.add_column("cases", sa.Column("paused_s", sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    """A clock that stands goes on at its latest time."""
    for name in ("paused_s", "resumed_at", "paused_at"):
        op.drop_column("cases", name)
