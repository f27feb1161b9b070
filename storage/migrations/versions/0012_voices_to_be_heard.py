"""Voice messages that wait to be turned into words."""

import sqlalchemy as sa
from alembic import op

from storage import tables

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

MOMENT = tables.UTCDateTime(timezone=True)
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "voices",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("key", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("attempts", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("not_before", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voices")),
        sa.UniqueConstraint("key", name=op.f("uq_voices_key")),
    )
    op.create_index("ix_voices_due", "voices", ["not_before"])


def downgrade() -> None:
    """What waits stays a voice."""
    op.drop_table("voices")
