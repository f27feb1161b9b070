"""Returned, proposed, shelved and settled on the spot: on the case; and the calls to a place, with who comes."""

import sqlalchemy as sa
from alembic import op

from storage import tables

revision = "0021"
down_revision = "0020"
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
    _add_calls()
    _add_called()


def _add_calls() -> None:
    op.create_table(
        "calls",
        sa.Column("id", tables.Key, autoincrement=True, nullable=False),
        sa.Column("case_id", tables.Key, nullable=False),
        sa.Column("caller_id", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("called_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_calls_case_id_cases")),
        sa.ForeignKeyConstraint(["caller_id"], ["people.id"], name=op.f("fk_calls_caller_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calls")),
    )
    op.create_index(op.f("ix_calls_case_id"), "calls", ["case_id"])
    running = sa.text("ended_at is null")
    op.create_index("ix_calls_open", "calls", ["case_id"], unique=True, sqlite_where=running, postgresql_where=running)


def _add_called() -> None:
    op.create_table(
        "called",
        sa.Column("call_id", tables.Key, nullable=False),
        sa.Column("unit_id", tables.Key, nullable=False),
        sa.Column("leads", sa.Boolean(), nullable=False, server_default=sa.text("false")),
        sa.Column("arrived_at", MOMENT, nullable=True),
        sa.Column("arrived_by", sa.BigInteger(), nullable=True),
        sa.Column("metres", sa.Integer(), nullable=True),
        sa.Column("stars", sa.SmallInteger(), nullable=True),
        sa.Column("stars_back", sa.SmallInteger(), nullable=True),
        sa.CheckConstraint("stars between 1 and 5", name=op.f("ck_called_stars")),
        sa.CheckConstraint("stars_back between 1 and 5", name=op.f("ck_called_stars_back")),
        sa.CheckConstraint("metres is null or arrived_at is not null", name=op.f("ck_called_arrived")),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name=op.f("fk_called_call_id_calls")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_called_unit_id_units")),
        sa.ForeignKeyConstraint(["arrived_by"], ["people.id"], name=op.f("fk_called_arrived_by_people")),
        sa.PrimaryKeyConstraint("call_id", "unit_id", name=op.f("pk_called")),
    )
    op.create_table(
        "call_tasks",
        sa.Column("id", tables.Key, autoincrement=True, nullable=False),
        sa.Column("call_id", tables.Key, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("done_at", MOMENT, nullable=True),
        sa.Column("done_by", sa.BigInteger(), nullable=True),
        sa.Column("unit_id", tables.Key, nullable=True),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name=op.f("fk_call_tasks_call_id_calls")),
        sa.ForeignKeyConstraint(["done_by"], ["people.id"], name=op.f("fk_call_tasks_done_by_people")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_call_tasks_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_tasks")),
    )
    op.create_index(op.f("ix_call_tasks_call_id"), "call_tasks", ["call_id"])


def downgrade() -> None:
    """What was asked for stands in the history."""
    op.drop_table("call_tasks")
    op.drop_table("called")
    op.drop_table("calls")
    op.drop_column("cases", "on_spot")
    op.drop_column("cases", "review_at")
    op.drop_column("cases", "shelved_at")
    op.drop_column("cases", "proposed_unit_id")
    op.drop_column("cases", "returned")
