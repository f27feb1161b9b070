"""Returned, proposed, shelved and settled on the spot: on the case; and the calls to a place, with who comes."""

import sqlalchemy as sa
from alembic import op

from storage import tables

revision = "0018"
down_revision = "0016"
branch_labels = None
depends_on = None

MOMENT = tables.UTCDateTime(timezone=True)


def upgrade() -> None:
    """Open cases were neither given back nor shelved."""
    op.add_column("cases", sa.Column("returned", sa.SmallInteger(), nullable=False, server_default="0"))
    op.add_column("cases", sa.Column("proposed_unit_id", tables.Key, nullable=True))
    op.add_column("cases", sa.Column("shelved_at", MOMENT, nullable=True))
    op.add_column("cases", sa.Column("review_at", MOMENT, nullable=True))
    op.add_column("cases", sa.Column("on_spot", sa.Boolean(), nullable=False, server_default=sa.text("false")))


def downgrade() -> None:
    """What was asked for stands in the history."""
    op.drop_column("cases", "on_spot")
    op.drop_column("cases", "review_at")
    op.drop_column("cases", "shelved_at")
    op.drop_column("cases", "proposed_unit_id")
    op.drop_column("cases", "returned")
