"""Places know their path, households and party group; whoever has a duty stands in the register of members."""

import sqlalchemy as sa
from alembic import op

from storage import tables

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the columns and the register; write the path of every place that is there."""
    op.create_table(
        "members",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=True),
        sa.Column("phone", sa.LargeBinary(), nullable=True),
        sa.Column("phone_mark", sa.BigInteger(), nullable=True),
        sa.Column("phone_tail", sa.String(length=4), nullable=True),
        sa.Column("shows_phone", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("hours", sa.String(length=60), nullable=True),
        sa.Column("tags", sa.JSON(), nullable=True),
        sa.Column("state", sa.String(length=10), server_default="invited", nullable=False),
        sa.Column("until", tables.UTCDateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state in ('invited', 'active', 'suspended', 'left')", name=op.f("ck_members_state")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_members_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_members")),
        sa.UniqueConstraint("person_id", name=op.f("uq_members_person_id")),
    )
    for column in ("name", "phone_mark", "phone_tail"):
        op.create_index(f"ix_members_{column}", "members", [column])
    with op.batch_alter_table("nodes") as nodes:
        nodes.add_column(sa.Column("path", sa.String(length=120), server_default="/", nullable=False))
        nodes.add_column(sa.Column("addresses", sa.JSON(), nullable=True))
        nodes.add_column(sa.Column("households", sa.Integer(), nullable=True))
        nodes.add_column(sa.Column("party_group", sa.String(length=64), nullable=True))
    op.create_index("ix_nodes_path", "nodes", ["path"])
    with op.batch_alter_table("duties") as duties:
        duties.alter_column("person_id", existing_type=sa.BigInteger(), nullable=True)
        duties.add_column(sa.Column("member_id", KEY, nullable=True))
        duties.add_column(sa.Column("suspended", sa.Boolean(), server_default=sa.text("false"), nullable=False))
        duties.create_foreign_key(op.f("fk_duties_member_id_members"), "members", ["member_id"], ["id"])
        duties.create_check_constraint(op.f("ck_duties_somebody"), "person_id is not null or member_id is not null")
    op.create_index("ix_duties_member_id", "duties", ["member_id"])
    _write_paths()


def _write_paths() -> None:
    nodes = sa.table("nodes", sa.column("id"), sa.column("parent_id"), sa.column("depth"), sa.column("path"))
    connection = op.get_bind()
    paths: dict[int, str] = {}
    for row in connection.execute(sa.select(nodes.c.id, nodes.c.parent_id).order_by(nodes.c.depth)).all():
        paths[row.id] = f"{paths.get(row.parent_id, '/')}{row.id}/"
        connection.execute(nodes.update().where(nodes.c.id == row.id).values(path=paths[row.id]))


def downgrade() -> None:
    """Whoever has a duty and never wrote is lost with the register."""
    op.execute("delete from duties where person_id is null")
    op.drop_index("ix_duties_member_id", "duties")
    with op.batch_alter_table("duties") as duties:
        duties.drop_constraint(op.f("ck_duties_somebody"))
        duties.drop_constraint(op.f("fk_duties_member_id_members"))
        duties.drop_column("suspended")
        duties.drop_column("member_id")
        duties.alter_column("person_id", existing_type=sa.BigInteger(), nullable=False)
    op.drop_index("ix_nodes_path", "nodes")
    with op.batch_alter_table("nodes") as nodes:
        for column in ("party_group", "households", "addresses", "path"):
            nodes.drop_column(column)
    op.drop_table("members")
