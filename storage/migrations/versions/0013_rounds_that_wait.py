"""Roll calls and tasks for many people wait until somebody else has agreed."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Who agreed, and whether somebody has."""
    with op.batch_alter_table("rounds") as rounds:
        rounds.add_column(sa.Column("confirmer", sa.BigInteger(), nullable=True))
        rounds.add_column(sa.Column("state", sa.String(length=8), server_default="open", nullable=False))
        rounds.create_foreign_key(op.f("fk_rounds_confirmer_people"), "people", ["confirmer"], ["id"])
        rounds.create_check_constraint(op.f("ck_rounds_state"), "state in ('waiting', 'open', 'refused')")


def downgrade() -> None:
    """Without them everything goes out at once."""
    with op.batch_alter_table("rounds") as rounds:
        rounds.drop_constraint(op.f("ck_rounds_state"), type_="check")
        rounds.drop_constraint(op.f("fk_rounds_confirmer_people"), type_="foreignkey")
        rounds.drop_column("state")
        rounds.drop_column("confirmer")
