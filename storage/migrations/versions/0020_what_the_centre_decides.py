"""What the centre decides: questions before the dispatch, cases that are one, when it is done, and grades by two."""

import sqlalchemy as sa
from alembic import op

from storage import tables

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """No case was merged before: nobody could press it."""
    with op.batch_alter_table("cases") as cases:
        cases.add_column(sa.Column("asked_at", tables.UTCDateTime(timezone=True), nullable=True))
        cases.add_column(sa.Column("parent_id", tables.Key, nullable=True))
        cases.add_column(sa.Column("criterion", sa.Text(), nullable=True))
        cases.create_foreign_key(op.f("fk_cases_parent_id_cases"), "cases", ["parent_id"], ["id"])
        cases.create_check_constraint(op.f("ck_cases_parent"), "parent_id is null or status in ('merged', 'archived')")
    op.create_index(
        "ix_cases_parent",
        "cases",
        ["parent_id"],
        sqlite_where=sa.text("parent_id is not null"),
        postgresql_where=sa.text("parent_id is not null"),
    )
    with op.batch_alter_table("joiners") as joiners:
        joiners.add_column(sa.Column("came_with", tables.Key, nullable=True))
        joiners.create_foreign_key(op.f("fk_joiners_came_with_cases"), "cases", ["came_with"], ["id"])
    op.create_index(op.f("ix_joiners_came_with"), "joiners", ["came_with"])
    op.create_table(
        "gradings",
        sa.Column("id", tables.Key, autoincrement=True, nullable=False),
        sa.Column("case_id", tables.Key, nullable=False),
        sa.Column("level", sa.String(length=16), nullable=False),
        sa.Column("colour", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("proposed_by", sa.BigInteger(), nullable=False),
        sa.Column("proposed_at", tables.UTCDateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", tables.UTCDateTime(timezone=True), nullable=True),
        sa.CheckConstraint("level in ('district', 'town', 'community')", name=op.f("ck_gradings_level")),
        sa.CheckConstraint("colour in ('red', 'yellow', 'none')", name=op.f("ck_gradings_colour")),
        sa.CheckConstraint("state in ('proposed', 'agreed', 'refused')", name=op.f("ck_gradings_state")),
        sa.CheckConstraint("state <> 'agreed' or decided_by <> proposed_by", name=op.f("ck_gradings_two")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_gradings_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gradings")),
    )
    op.create_index(op.f("ix_gradings_case_id"), "gradings", ["case_id"])


def downgrade() -> None:
    """Only while no case is merged."""
    op.drop_table("gradings")
    op.drop_index(op.f("ix_joiners_came_with"), "joiners")
    with op.batch_alter_table("joiners") as joiners:
        joiners.drop_constraint(op.f("fk_joiners_came_with_cases"), type_="foreignkey")
        joiners.drop_column("came_with")
    op.drop_index("ix_cases_parent", "cases")
    with op.batch_alter_table("cases") as cases:
        cases.drop_constraint(op.f("ck_cases_parent"), type_="check")
        cases.drop_constraint(op.f("fk_cases_parent_id_cases"), type_="foreignkey")
        for column in ("criterion", "parent_id", "asked_at"):
            cases.drop_column(column)
