"""The history of how the grid was re-drawn."""

import sqlalchemy as sa
from alembic import op

from storage import tables

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WHAT = "'began', 'moved', 'outline', 'ended', 'case', 'duty', 'dropped', 'unit', 'group', 'invitation'"


def upgrade() -> None:
    """Make the two tables."""
    op.create_table(
        "redrawings",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("at", tables.UTCDateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.BigInteger(), nullable=True),
        sa.Column("undoes", KEY, nullable=True),
        sa.CheckConstraint("kind in ('split', 'merge', 'move', 'undo')", name=op.f("ck_redrawings_kind")),
        sa.CheckConstraint("(kind = 'undo') = (undoes is not null)", name=op.f("ck_redrawings_undoes")),
        sa.ForeignKeyConstraint(["undoes"], ["redrawings.id"], name=op.f("fk_redrawings_undoes_redrawings")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_redrawings")),
        sa.UniqueConstraint("undoes", name=op.f("uq_redrawings_undoes")),
    )
    op.create_table(
        "redrawn",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("redrawing_id", KEY, nullable=False),
        sa.Column("what", sa.String(length=10), nullable=False),
        sa.Column("row_id", sa.BigInteger(), nullable=False),
        sa.Column("before", KEY, nullable=True),
        sa.Column("after", KEY, nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.CheckConstraint(f"what in ({WHAT})", name=op.f("ck_redrawn_what")),
        sa.ForeignKeyConstraint(["redrawing_id"], ["redrawings.id"], name=op.f("fk_redrawn_redrawing_id_redrawings")),
        sa.ForeignKeyConstraint(["before"], ["nodes.id"], name=op.f("fk_redrawn_before_nodes")),
        sa.ForeignKeyConstraint(["after"], ["nodes.id"], name=op.f("fk_redrawn_after_nodes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_redrawn")),
    )
    op.create_index("ix_redrawn_redrawing_id", "redrawn", ["redrawing_id"])
    op.create_index("ix_redrawn_row", "redrawn", ["row_id", "what"])


def downgrade() -> None:
    """The grid stays as it was drawn last."""
    op.drop_table("redrawn")
    op.drop_table("redrawings")
