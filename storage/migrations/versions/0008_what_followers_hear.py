"""What of a place its followers want to hear, and results that were offered for publishing."""

import sqlalchemy as sa
from alembic import op

from storage import tables

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = tables.UTCDateTime(timezone=True)
TOPICS = ("results", "works", "warnings", "notices")


def upgrade() -> None:
    """Add the columns and the table."""
    op.drop_index("ix_subscriptions_node", "subscriptions")
    for topic in TOPICS:
        op.add_column("subscriptions", sa.Column(topic, sa.Boolean(), server_default=sa.text("true"), nullable=False))
    op.create_index("ix_subscriptions_node", "subscriptions", ["node_id", "person_id", *TOPICS])
    _add_publications()


def _add_publications() -> None:
    op.create_table(
        "publications",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("case_id", KEY, nullable=False),
        sa.Column("round", sa.SmallInteger(), nullable=False),
        sa.Column("node_id", KEY, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("state", sa.String(length=10), server_default="offered", nullable=False),
        sa.Column("offered_at", MOMENT, nullable=False),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("withdrawn_by", sa.BigInteger(), nullable=True),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.Column("broadcast_id", KEY, nullable=True),
        sa.CheckConstraint("state in ('offered', 'approved', 'left', 'withdrawn')", name=op.f("ck_publications_state")),
        sa.CheckConstraint(
            "state <> 'approved' or (decided_by is not null and broadcast_id is not null)",
            name=op.f("ck_publications_approved"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_publications_case_id_cases")),
        sa.ForeignKeyConstraint(["node_id"], ["nodes.id"], name=op.f("fk_publications_node_id_nodes")),
        sa.ForeignKeyConstraint(["decided_by"], ["people.id"], name=op.f("fk_publications_decided_by_people")),
        sa.ForeignKeyConstraint(["withdrawn_by"], ["people.id"], name=op.f("fk_publications_withdrawn_by_people")),
        sa.ForeignKeyConstraint(
            ["broadcast_id"], ["broadcasts.id"], name=op.f("fk_publications_broadcast_id_broadcasts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publications")),
        sa.UniqueConstraint("broadcast_id", name=op.f("uq_publications_broadcast_id")),
        sa.UniqueConstraint("case_id", "round", name=op.f("uq_publications_case_id_round")),
    )
    _partial("ix_publications_decider", "decided_by")
    _partial("ix_publications_withdrawer", "withdrawn_by")


def _partial(name: str, column: str) -> None:
    """An index of the rows that have it."""
    wanted = sa.text(f"{column} is not null")
    op.create_index(name, "publications", [column], sqlite_where=wanted, postgresql_where=wanted)


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("publications")
    op.drop_index("ix_subscriptions_node", "subscriptions")
    for topic in TOPICS:
        op.drop_column("subscriptions", topic)
    op.create_index("ix_subscriptions_node", "subscriptions", ["node_id"])
