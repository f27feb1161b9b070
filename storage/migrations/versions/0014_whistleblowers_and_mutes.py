"""Becoming a whistleblower, when that ends, whose reports are not taken for a while, and short lines for old eyes."""

import sqlalchemy as sa
from alembic import op

from storage import tables

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

MOMENT = tables.UTCDateTime(timezone=True)


def upgrade() -> None:
    """Who wants to be one; what was told of the end of a duty; proposals to mute, agreed by a second person."""
    op.create_table(
        "applications",
        sa.Column("id", tables.Key, autoincrement=True, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("put_forward_by", sa.BigInteger(), nullable=True),
        sa.Column("told", sa.LargeBinary(), nullable=True),
        sa.Column("mark", sa.String(length=64), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("node_id", tables.Key, nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=True),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "state in ('offered', 'waiting', 'approved', 'refused', 'gone')", name=op.f("ck_applications_state")
        ),
        sa.CheckConstraint("state in ('offered', 'gone') or person_id is not null", name=op.f("ck_applications_whose")),
        sa.ForeignKeyConstraint(["node_id"], ["nodes.id"], name=op.f("fk_applications_node_id_nodes")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_applications_person_id_people")),
        sa.ForeignKeyConstraint(["put_forward_by"], ["people.id"], name=op.f("fk_applications_put_forward_by_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_applications")),
        sa.UniqueConstraint("mark", name=op.f("uq_applications_mark")),
    )
    op.create_table(
        "mutes",
        sa.Column("id", tables.Key, autoincrement=True, nullable=False),
        sa.Column("owner", sa.BigInteger(), nullable=False),
        sa.Column("case_id", tables.Key, nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=False),
        sa.Column("days", sa.SmallInteger(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("proposed_by", sa.BigInteger(), nullable=False),
        sa.Column("proposed_at", MOMENT, nullable=False),
        sa.Column("agreed_by", sa.BigInteger(), nullable=True),
        sa.Column("agreed_at", MOMENT, nullable=True),
        sa.Column("until", MOMENT, nullable=True),
        sa.Column("objected_at", MOMENT, nullable=True),
        sa.Column("lifted_by", sa.BigInteger(), nullable=True),
        sa.Column("lifted_at", MOMENT, nullable=True),
        sa.CheckConstraint("state in ('proposed', 'agreed', 'refused', 'lifted')", name=op.f("ck_mutes_state")),
        sa.CheckConstraint("days between 1 and 30", name=op.f("ck_mutes_days")),
        sa.CheckConstraint("agreed_by is null or agreed_by <> proposed_by", name=op.f("ck_mutes_two")),
        sa.CheckConstraint("state <> 'agreed' or until is not null", name=op.f("ck_mutes_ends")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_mutes_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mutes")),
    )
    op.add_column("people", sa.Column("large", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.add_column("duties", sa.Column("told", sa.SmallInteger(), server_default="0", nullable=False))
    for name, table, columns, rows, unique in (
        ("ix_applications_person", "applications", ["person_id"], "state = 'waiting'", True),
        ("ix_applications_offered", "applications", ["put_forward_by", "made_at"], "state = 'offered'", False),
        ("ix_applications_old", "applications", ["made_at"], "state = 'offered'", False),
        ("ix_mutes_owner", "mutes", ["owner", "until"], "state = 'agreed'", False),
        ("ix_mutes_case", "mutes", ["case_id", "id"], None, False),
        ("ix_duties_ending", "duties", ["told", "until"], "role = 'whistleblower' and until is not null", False),
    ):
        only = None if rows is None else sa.text(rows)
        op.create_index(name, table, columns, unique=unique, sqlite_where=only, postgresql_where=only)


def downgrade() -> None:
    """Without them everybody is invited, duties end silently, and nobody is muted."""
    op.drop_index("ix_duties_ending", "duties")
    op.drop_column("duties", "told")
    op.drop_column("people", "large")
    op.drop_table("mutes")
    op.drop_table("applications")
