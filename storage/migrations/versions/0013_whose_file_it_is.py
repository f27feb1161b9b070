"""Who sent a file, by the random reference, so that one who joined is never given the photos of another."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Files that are there already have none."""
    op.add_column("media", sa.Column("ref", sa.String(length=32), nullable=True))
    op.create_index("ix_papers_recipient", "papers", ["recipient", "asked_at"])


def downgrade() -> None:
    """Without it the photos of a case are nobody's in particular."""
    op.drop_index("ix_papers_recipient", "papers")
    op.drop_column("media", "ref")
