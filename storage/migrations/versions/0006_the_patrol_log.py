"""The patrol log: a day's list of somebody at a place, and its photos."""

import sqlalchemy as sa
from alembic import op

from storage import tables

revision = "0006"
down_revision = "0003"
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


def downgrade() -> None:
    """The log is lost."""
    for name in ("patrol_photos", "patrols"):
        op.drop_table(name)
