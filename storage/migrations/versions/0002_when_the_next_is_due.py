"""An index for the question when the next row of the outbox is due."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Rows that are due, by their time."""
    due = sa.text("state = 'due'")
    op.create_index("ix_outbox_due_at", "outbox", ["not_before"], sqlite_where=due, postgresql_where=due)


def downgrade() -> None:
    """Without it the question looks at all that is due."""
    op.drop_index("ix_outbox_due_at", "outbox")
