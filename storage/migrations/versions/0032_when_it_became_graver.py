"""Since when a case has a graver colour than before: its clocks begin then."""

import sqlalchemy as sa
from alembic import op

from storage import tables

revision = "0032"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Of those that became graver before, the clocks go on as they are."""
    op.add_column("cases", sa.Column("graver_at", tables.UTCDateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Without it the clocks of a graver case count from its dispatch."""
    op.drop_column("cases", "graver_at")
