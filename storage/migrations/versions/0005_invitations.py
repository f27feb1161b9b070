"""Invitations, codes of staff cards and groups of residents; whoever has a duty already stands in the register."""

import sqlalchemy as sa
from alembic import op

from storage import tables

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = tables.UTCDateTime(timezone=True)


def upgrade() -> None:
    """Make the tables; write those with a duty into the register."""
    _invitations()
    _staff_codes()
    _resident_groups()
    _register_everybody()


def _invitations() -> None:
    op.create_table(
        "invitations",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("member_id", KEY, nullable=True),
        sa.Column("name", sa.String(length=64), nullable=True),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("node_id", KEY, nullable=True),
        sa.Column("unit_id", KEY, nullable=True),
        sa.Column("approval", sa.Boolean(), nullable=False),
        sa.Column("made_by", sa.BigInteger(), nullable=True),
        sa.Column("made_at", TIME, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.Column("used_by", sa.BigInteger(), nullable=True),
        sa.Column("used_at", TIME, nullable=True),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", TIME, nullable=True),
        sa.Column("state", sa.String(length=8), server_default="open", nullable=False),
        sa.CheckConstraint(
            "state in ('open', 'waiting', 'done', 'refused', 'revoked')", name=op.f("ck_invitations_state")
        ),
        sa.CheckConstraint("(state in ('open', 'revoked')) or used_by is not null", name=op.f("ck_invitations_used")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_invitations_member_id_members")),
        sa.ForeignKeyConstraint(["node_id"], ["nodes.id"], name=op.f("fk_invitations_node_id_nodes")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_invitations_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("mark", name=op.f("uq_invitations_mark")),
    )
    waits, old = sa.text("state in ('open', 'waiting')"), sa.text("state in ('open', 'revoked')")
    op.create_index("ix_invitations_open", "invitations", ["member_id"], sqlite_where=waits, postgresql_where=waits)
    op.create_index("ix_invitations_old", "invitations", ["expires_at"], sqlite_where=old, postgresql_where=old)


def _staff_codes() -> None:
    op.create_table(
        "staff_codes",
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("member_id", KEY, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.Column("seen_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_staff_codes_member_id_members")),
        sa.PrimaryKeyConstraint("mark", name=op.f("pk_staff_codes")),
    )
    for column in ("member_id", "expires_at"):
        op.create_index(f"ix_staff_codes_{column}", "staff_codes", [column])


def _resident_groups() -> None:
    op.create_table(
        "resident_groups",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("node_id", KEY, nullable=False),
        sa.Column("bound_by", sa.BigInteger(), nullable=True),
        sa.Column("bound_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["node_id"], ["nodes.id"], name=op.f("fk_resident_groups_node_id_nodes")),
        sa.PrimaryKeyConstraint("chat_id", name=op.f("pk_resident_groups")),
    )
    op.create_index("ix_resident_groups_node_id", "resident_groups", ["node_id"])


def _register_everybody() -> None:
    """Duties were given to people who had written; each of them gets a line of the register."""
    op.execute(
        "insert into members (person_id, name, state) select id, coalesce(name, '?'), 'active' from people"
        " where id in (select person_id from duties where member_id is null)"
        " and id not in (select person_id from members where person_id is not null)"
    )
    op.execute(
        "update duties set member_id = (select members.id from members where members.person_id = duties.person_id)"
        " where member_id is null"
    )


def downgrade() -> None:
    """The lines of the register stay: they are true."""
    for table in ("resident_groups", "staff_codes", "invitations"):
        op.drop_table(table)
