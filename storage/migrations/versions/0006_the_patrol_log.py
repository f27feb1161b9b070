"""The patrol log: a day's list of somebody at a place, its photos; documents of such; roll calls, tasks, sheets."""

import sqlalchemy as sa
from alembic import op

from storage import tables

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = tables.UTCDateTime(timezone=True)


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "patrols",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("node_id", KEY, nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("cases", sa.JSON(), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("card_id", sa.BigInteger(), nullable=True),
        sa.Column("done_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_patrols_person_id_people")),
        sa.ForeignKeyConstraint(["node_id"], ["nodes.id"], name=op.f("fk_patrols_node_id_nodes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patrols")),
        sa.UniqueConstraint("person_id", "node_id", "day", name=op.f("uq_patrols_person_id_node_id_day")),
    )
    op.create_index("ix_patrols_node_day", "patrols", ["node_id", "day"])
    op.create_table(
        "patrol_photos",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("patrol_id", KEY, nullable=False),
        sa.Column("file_id", sa.LargeBinary(), nullable=False),
        sa.Column("unique_id", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("came_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["patrol_id"], ["patrols.id"], name=op.f("fk_patrol_photos_patrol_id_patrols")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patrol_photos")),
        sa.UniqueConstraint("patrol_id", "unique_id", name=op.f("uq_patrol_photos_patrol_id_unique_id")),
    )
    _add_papers()
    _add_rounds()
    _add_sheets()


def _add_papers() -> None:
    op.create_table(
        "papers",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("recipient", sa.String(length=64), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(length=8), server_default="waiting", nullable=False),
        sa.Column("attempts", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("path", sa.String(length=200), nullable=True),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.CheckConstraint("state in ('waiting', 'made', 'failed')", name=op.f("ck_papers_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_papers")),
        sa.UniqueConstraint("key", name=op.f("uq_papers_key")),
    )
    _partial("ix_papers_waiting", "papers", ["id"], "state = 'waiting'")
    _partial("ix_papers_old", "papers", ["asked_at"], "state <> 'waiting'")


def _add_rounds() -> None:
    op.create_table(
        "rounds",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("caller_id", sa.BigInteger(), nullable=False),
        sa.Column("node_id", KEY, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("closes_at", MOMENT, nullable=False),
        sa.Column("remind_at", MOMENT, nullable=True),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.Column("stale", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.CheckConstraint("kind in ('rollcall', 'task')", name=op.f("ck_rounds_kind")),
        sa.ForeignKeyConstraint(["caller_id"], ["people.id"], name=op.f("fk_rounds_caller_id_people")),
        sa.ForeignKeyConstraint(["node_id"], ["nodes.id"], name=op.f("fk_rounds_node_id_nodes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rounds")),
    )
    _partial("ix_rounds_closing", "rounds", ["closes_at"], "closed_at is null")
    _partial("ix_rounds_reminding", "rounds", ["remind_at"], "closed_at is null and remind_at is not null")
    _partial("ix_rounds_stale", "rounds", ["id"], "stale")
    op.create_table(
        "round_parts",
        sa.Column("round_id", KEY, nullable=False),
        sa.Column("node_id", KEY, nullable=False),
        sa.Column("households", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Integer(), server_default="0", nullable=False) for name in ("done", "help", "missing")),
        sa.Column("who", sa.LargeBinary(), nullable=True),
        sa.Column("case_number", sa.String(length=16), nullable=True),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "households >= 0 and done >= 0 and help >= 0 and missing >= 0", name=op.f("ck_round_parts_counts")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_round_parts_round_id_rounds")),
        sa.ForeignKeyConstraint(["node_id"], ["nodes.id"], name=op.f("fk_round_parts_node_id_nodes")),
        sa.PrimaryKeyConstraint("round_id", "node_id", name=op.f("pk_round_parts")),
    )
    op.create_index("ix_round_parts_node_id", "round_parts", ["node_id"])
    op.create_table(
        "boards",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("recipient", sa.String(length=64), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", "recipient", name=op.f("pk_boards")),
    )


def _add_sheets() -> None:
    op.create_table(
        "sheets",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("quarter", sa.String(length=6), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("added", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("given_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_sheets_person_id_people")),
        sa.PrimaryKeyConstraint("person_id", "quarter", name=op.f("pk_sheets")),
    )
    op.create_table(
        "appeals",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("quarter", sa.String(length=6), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("came_at", MOMENT, nullable=False),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("points", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_appeals_person_id_people")),
        sa.ForeignKeyConstraint(["decided_by"], ["people.id"], name=op.f("fk_appeals_decided_by_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeals")),
        sa.UniqueConstraint("person_id", "quarter", name=op.f("uq_appeals_person_id_quarter")),
    )


def _partial(name: str, table: str, columns: list[str], condition: str) -> None:
    where = sa.text(condition)
    op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    """The log is lost."""
    for name in ("appeals", "sheets", "boards", "round_parts", "rounds", "papers", "patrol_photos", "patrols"):
        op.drop_table(name)
