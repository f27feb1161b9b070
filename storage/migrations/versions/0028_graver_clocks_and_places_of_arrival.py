"""Since when a case has a graver colour: its clocks begin then. And whether a unit that came sent its place."""

import sqlalchemy as sa
from alembic import op

from storage import tables

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Of those that became graver before, the clocks go on as they are; where metres are known, a place was sent."""
    op.add_column("cases", sa.Column("graver_at", tables.UTCDateTime(timezone=True), nullable=True))
    op.add_column("called", sa.Column("placed", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.execute("update called set placed = true where metres is not null")


def downgrade() -> None:
    """Without it the clocks of a graver case count from its dispatch."""
    op.drop_column("called", "placed")
    op.drop_column("cases", "graver_at")
