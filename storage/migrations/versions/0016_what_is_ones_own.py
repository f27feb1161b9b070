"""Who sent a file, by the random reference; and which cases must not lose the way back to their reporter."""

import sqlalchemy as sa
from alembic import op

from storage import tables

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Files that are there already have none."""
    op.add_column("media", sa.Column("ref", sa.String(length=32), nullable=True))
    op.create_index("ix_papers_recipient", "papers", ["recipient", "asked_at"])
    op.create_table(
        "holds",
        sa.Column("case_id", tables.Key, nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("at", tables.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_holds_case_id_cases")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_holds")),
    )


def downgrade() -> None:
    """Without it the photos of a case are nobody's in particular."""
    op.drop_table("holds")
    op.drop_index("ix_papers_recipient", "papers")
    op.drop_column("media", "ref")
