"""What is kept from every group because of its words: whole reports until a dispatcher decides, and supplements."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What was reported before is where it is."""
    op.add_column("cases", sa.Column("withheld", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.add_column("cases", sa.Column("confided", sa.SmallInteger(), server_default="0", nullable=False))


def downgrade() -> None:
    """Withheld reports stay sealed."""
    op.drop_column("cases", "confided")
    op.drop_column("cases", "withheld")
