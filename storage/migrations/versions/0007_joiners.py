"""我也遇到: who joined a case, by a sealed reference, and an index to find open cases nearby."""

import sqlalchemy as sa
from alembic import op

from storage import tables

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = tables.UTCDateTime(timezone=True)


def upgrade() -> None:
    """Make the table, count joiners at the case, find cases by their point."""
    op.create_table(
        "joiners",
        sa.Column("ref", sa.String(length=32), nullable=False),
        sa.Column("case_id", KEY, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("contacted", sa.Boolean(), nullable=True),
        sa.Column("solved", sa.String(length=8), nullable=True),
        sa.Column("satisfied", sa.SmallInteger(), nullable=True),
        sa.Column("rated_at", TIME, nullable=True),
        sa.CheckConstraint("satisfied between 1 and 5", name=op.f("ck_joiners_satisfied")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_joiners_case_id_cases")),
        sa.PrimaryKeyConstraint("ref", name=op.f("pk_joiners")),
    )
    op.create_index(op.f("ix_joiners_case_id"), "joiners", ["case_id"])
    op.add_column("cases", sa.Column("joined", sa.SmallInteger(), server_default="0", nullable=False))
    opened = sa.text("closed_at is null")
    op.create_index(
        "ix_cases_near_open", "cases", ["latitude", "longitude"], sqlite_where=opened, postgresql_where=opened
    )
