"""Reported for others: where a report came from, 12345 orders, whom to call back, and who may be asked."""

import sqlalchemy as sa
from alembic import op

from storage import tables

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

MOMENT = tables.UTCDateTime(timezone=True)


def upgrade() -> None:
    """Everything before came by chat, from those whom it concerned, and may be asked about through the bot."""
    for column in (
        sa.Column("source", sa.String(length=8), server_default="chat", nullable=False),
        sa.Column("on_behalf", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("order_number", sa.String(length=32), nullable=True),
        sa.Column("order_due", MOMENT, nullable=True),
        sa.Column("contact", sa.String(length=8), server_default="relay", nullable=False),
    ):
        op.add_column("cases", column)
    op.create_index("ix_cases_order_number", "cases", ["order_number"], unique=True)
    op.create_table(
        "callbacks",
        sa.Column("ref", sa.String(length=32), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["ref"], ["reporters.ref"], name=op.f("fk_callbacks_ref_reporters")),
        sa.PrimaryKeyConstraint("ref", name=op.f("pk_callbacks")),
    )


def downgrade() -> None:
    """Whom to call back is gone for good."""
    op.drop_table("callbacks")
    op.drop_index("ix_cases_order_number", "cases")
    for name in ("contact", "order_due", "order_number", "on_behalf", "source"):
        op.drop_column("cases", name)
