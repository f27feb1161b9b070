"""When a unit last told of the work, so that nobody is asked for what they told; and 容错, since when."""

import sqlalchemy as sa
from alembic import op

from storage import tables

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What the history tells of open cases is taken over, so that nobody is asked for what they have told."""
    op.add_column("cases", sa.Column("progressed_at", tables.UTCDateTime(timezone=True), nullable=True))
    op.add_column("cases", sa.Column("spared_at", tables.UTCDateTime(timezone=True), nullable=True))
    op.execute(
        "update cases set progressed_at = (select max(at) from history where history.case_id = cases.id"
        " and action in ('progress', 'resolve', 'shelve'))"
        " where status not in ('closed', 'archived', 'withdrawn', 'merged')"
    )


def downgrade() -> None:
    """Without it nobody is asked for a first result."""
    op.drop_column("cases", "spared_at")
    op.drop_column("cases", "progressed_at")
