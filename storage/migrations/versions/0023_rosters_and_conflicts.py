"""Who is on duty when; who is complained of and sees nothing; cards kept on a case; how often a group is reminded."""

import sqlalchemy as sa
from alembic import op

from storage import tables

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

MOMENT = tables.UTCDateTime(timezone=True)
NEW = ("nudged", "conflicts", "swaps", "absences", "shifts")
FLAGS = ("yellow_at", "red_at", "overseen_at")


def _number(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, tables.Key, nullable=nullable)


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))


def _id() -> sa.Column[int]:
    return sa.Column("id", tables.Key, autoincrement=True, nullable=False)


def _plan() -> None:
    op.create_table(
        "shifts",
        _id(),
        _number("unit_id"),
        *(sa.Column(name, sa.SmallInteger(), nullable=False) for name in ("weekday", "begins", "ends")),
        _number("member_id"),
        sa.CheckConstraint("weekday between 0 and 6", name=op.f("ck_shifts_weekday")),
        sa.CheckConstraint("begins between 0 and 1439", name=op.f("ck_shifts_begins")),
        sa.CheckConstraint("ends between 0 and 1439", name=op.f("ck_shifts_ends")),
        _to("shifts", "unit_id", "units"),
        _to("shifts", "member_id", "members"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shifts")),
        sa.UniqueConstraint(
            "unit_id", "weekday", "begins", "member_id", name=op.f("uq_shifts_unit_id_weekday_begins_member_id")
        ),
    )
    op.create_table(
        "absences",
        _id(),
        _number("unit_id"),
        _number("member_id"),
        _number("substitute_id", nullable=True),
        *(sa.Column(name, MOMENT, nullable=False) for name in ("since", "until")),
        sa.CheckConstraint("until > since", name=op.f("ck_absences_span")),
        sa.CheckConstraint("substitute_id is null or substitute_id <> member_id", name=op.f("ck_absences_another")),
        _to("absences", "unit_id", "units"),
        _to("absences", "member_id", "members"),
        _to("absences", "substitute_id", "members"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absences")),
    )
    op.create_table(
        "swaps",
        _id(),
        _number("unit_id"),
        _number("member_id"),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("begins", sa.SmallInteger(), nullable=False),
        _number("other_id"),
        sa.Column("other_day", sa.Date(), nullable=False),
        sa.Column("other_begins", sa.SmallInteger(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.CheckConstraint("state in ('asked', 'agreed', 'refused')", name=op.f("ck_swaps_state")),
        sa.CheckConstraint("other_id <> member_id", name=op.f("ck_swaps_another")),
        _to("swaps", "unit_id", "units"),
        _to("swaps", "member_id", "members"),
        _to("swaps", "other_id", "members"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_swaps")),
    )


def _complained_of() -> None:
    op.create_table(
        "conflicts",
        _id(),
        _number("case_id"),
        _number("unit_id", nullable=True),
        _number("member_id", nullable=True),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("ended_by", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.CheckConstraint("state in ('suggested', 'set', 'refused', 'lifted')", name=op.f("ck_conflicts_state")),
        sa.CheckConstraint("(unit_id is null) <> (member_id is null)", name=op.f("ck_conflicts_one")),
        sa.CheckConstraint(
            "state <> 'lifted' or (ended_by is not null and note is not null)", name=op.f("ck_conflicts_why")
        ),
        _to("conflicts", "case_id", "cases"),
        _to("conflicts", "unit_id", "units"),
        _to("conflicts", "member_id", "members"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflicts")),
    )


def _reminded() -> None:
    op.create_table(
        "nudged",
        _id(),
        sa.Column("recipient", sa.String(length=64), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("held", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        _number("case_id", nullable=True),
        sa.Column("status", sa.String(length=20), nullable=True),
        sa.Column("kind", sa.String(length=32), nullable=True),
        sa.Column("reader", sa.String(length=10), nullable=True),
        _to("nudged", "case_id", "cases"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nudged")),
    )


INDEXES = (
    ("ix_shifts_member_id", "shifts", ["member_id"], None),
    ("ix_absences_unit", "absences", ["unit_id", "until"], None),
    ("ix_absences_member_id", "absences", ["member_id"], None),
    ("ix_absences_substitute_id", "absences", ["substitute_id"], None),
    ("ix_swaps_unit", "swaps", ["unit_id", "day"], None),
    ("ix_swaps_member_id", "swaps", ["member_id"], None),
    ("ix_swaps_other_id", "swaps", ["other_id"], None),
    ("ix_conflicts_case", "conflicts", ["case_id", "id"], None),
    ("ix_conflicts_unit_id", "conflicts", ["unit_id"], None),
    ("ix_conflicts_member_id", "conflicts", ["member_id"], None),
    ("ix_nudged_recipient", "nudged", ["recipient", "at"], None),
    ("ix_nudged_held", "nudged", ["recipient", "id"], "held"),
    ("ix_cases_handler_open", "cases", ["handler_id", "id"], "closed_at is null"),
)


def upgrade() -> None:
    """Nobody has a plan, nobody is complained of, no case has a card."""
    _plan()
    _complained_of()
    _reminded()
    op.add_column("cases", sa.Column("conflicted", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    for name in FLAGS:
        op.add_column("cases", sa.Column(name, MOMENT, nullable=True))
    for name, table, columns, rows in INDEXES:
        only = None if rows is None else sa.text(rows)
        op.create_index(name, table, columns, sqlite_where=only, postgresql_where=only)


def downgrade() -> None:
    """Without them the rank alone says who is on duty, and whoever is complained of may read along."""
    op.drop_index("ix_cases_handler_open", "cases")
    for name in (*FLAGS, "conflicted"):
        op.drop_column("cases", name)
    for name in NEW:
        op.drop_table(name)
