"""Until when nothing that is sent to somebody makes a sound: who must not be heard is written to in silence."""

import sqlalchemy as sa
from alembic import op

from storage import tables

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody has said so yet."""
    op.add_column("people", sa.Column("quiet_until", tables.UTCDateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Without it every message makes its sound."""
    op.drop_column("people", "quiet_until")
