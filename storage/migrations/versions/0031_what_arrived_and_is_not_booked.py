"""What has arrived and is not booked yet, so that whoever is in charge next books it instead of sending it again."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing is known to have arrived."""
    op.add_column("outbox", sa.Column("arrived", sa.JSON(), nullable=True))


def downgrade() -> None:
    """What arrived and is not booked is sent once more."""
    op.drop_column("outbox", "arrived")
