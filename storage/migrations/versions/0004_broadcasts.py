"""Broadcasts, their recipients and replies, and subscriptions to places."""

import sqlalchemy as sa
from alembic import op

from storage import tables

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = tables.UTCDateTime(timezone=True)


def upgrade() -> None:
    """Make the four tables."""
    op.create_table(
        "broadcasts",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("draft", sa.String(length=32), nullable=False),
        sa.Column("maker", sa.BigInteger(), nullable=False),
        sa.Column("confirmer", sa.BigInteger(), nullable=True),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("title", sa.String(length=40), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("receipt", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("urgent", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("stand", sa.String(length=10), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("made_at", TIME, nullable=False),
        sa.Column("starts_at", TIME, nullable=False),
        sa.Column("began_at", TIME, nullable=True),
        sa.Column("ended_at", TIME, nullable=True),
        sa.Column("shown_at", TIME, nullable=True),
        sa.Column("card", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "stand in ('waiting', 'scheduled', 'sending', 'paused', 'stopped', 'refused', 'done')",
            name=op.f("ck_broadcasts_stand"),
        ),
        sa.ForeignKeyConstraint(["maker"], ["people.id"], name=op.f("fk_broadcasts_maker_people")),
        sa.ForeignKeyConstraint(["confirmer"], ["people.id"], name=op.f("fk_broadcasts_confirmer_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_broadcasts")),
        sa.UniqueConstraint("draft", name=op.f("uq_broadcasts_draft")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_broadcasts_open", "broadcasts", ["stand", "starts_at"])
    op.create_table(
        "recipients",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("broadcast_id", KEY, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("node_id", KEY, nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("read_at", TIME, nullable=True),
        sa.CheckConstraint(
            "state in ('due', 'owed', 'sent', 'unreachable', 'failed', 'stopped')", name=op.f("ck_recipients_state")
        ),
        sa.ForeignKeyConstraint(
            ["broadcast_id"], ["broadcasts.id"], name=op.f("fk_recipients_broadcast_id_broadcasts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recipients")),
        sa.UniqueConstraint("broadcast_id", "person_id", name=op.f("uq_recipients_broadcast_id_person_id")),
    )
    op.create_index("ix_recipients_state", "recipients", ["broadcast_id", "state", "id"])
    op.create_index("ix_recipients_message", "recipients", ["person_id", "message_id"])
    op.create_table(
        "replies",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("broadcast_id", KEY, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("said", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["broadcast_id"], ["broadcasts.id"], name=op.f("fk_replies_broadcast_id_broadcasts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_replies")),
    )
    op.create_index("ix_replies_broadcast", "replies", ["broadcast_id", "id"])
    op.create_table(
        "subscriptions",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("node_id", KEY, nullable=False),
        sa.Column("since", TIME, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_subscriptions_person_id_people")),
        sa.ForeignKeyConstraint(["node_id"], ["nodes.id"], name=op.f("fk_subscriptions_node_id_nodes")),
        sa.PrimaryKeyConstraint("person_id", "node_id", name=op.f("pk_subscriptions")),
    )
    op.create_index("ix_subscriptions_node", "subscriptions", ["node_id"])


def downgrade() -> None:
    """Nothing of them stays."""
    for table in ("subscriptions", "replies", "recipients", "broadcasts"):
        op.drop_table(table)
