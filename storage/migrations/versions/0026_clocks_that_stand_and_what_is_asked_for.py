"""The clock of a unit stands while its question is open; what is asked of the centre, and what two leave uncounted."""

import sqlalchemy as sa
from alembic import op

from storage import tables

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

MOMENT = tables.UTCDateTime(timezone=True)


def upgrade() -> None:
    """No clock ever stood, and every rating counts. What was asked before is decided by the keys it came with."""
    for name in ("paused_at", "resumed_at"):
        op.add_column("cases", sa.Column(name, MOMENT, nullable=True))
    op.add_column("cases", sa.Column("paused_s", sa.Integer(), server_default="0", nullable=False))
    op.add_column("cases", sa.Column("excluded", sa.String(length=12), nullable=True))
    op.add_column("figures", sa.Column("excluded", sa.Integer(), server_default="0", nullable=False))
    _add_requests()


def _add_requests() -> None:
    op.create_table(
        "requests",
        sa.Column("id", tables.Key, autoincrement=True, nullable=False),
        sa.Column("case_id", tables.Key, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("value", sa.String(length=16), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("unit_id", tables.Key, nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint("state in ('open', 'granted', 'refused')", name=op.f("ck_requests_state")),
        sa.CheckConstraint(
            "kind <> 'exclude' or state <> 'granted' or decided_by <> person_id", name=op.f("ck_requests_two")
        ),
        sa.CheckConstraint("state <> 'refused' or reason is not null", name=op.f("ck_requests_why")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_requests_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requests")),
    )
    op.create_index("ix_requests_case", "requests", ["case_id", "id"])


def downgrade() -> None:
    """A clock that stands goes on at its latest time; every rating counts again."""
    op.drop_table("requests")
    op.drop_column("figures", "excluded")
    for name in ("excluded", "paused_s", "resumed_at", "paused_at"):
        op.drop_column("cases", name)
