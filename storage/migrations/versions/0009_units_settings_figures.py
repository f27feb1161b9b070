"""Units that two admins change at once; settings that are changed at run time; figures of cases by day."""

import sqlalchemy as sa
from alembic import op

from storage import tables

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = tables.UTCDateTime(timezone=True)
COUNTED = (
    "filed",
    "sent",
    "contact_due",
    "contacted",
    "resolved",
    "in_time",
    "closed",
    "rated",
    "solved_halves",
    "satisfied",
    "reopened",
    "returned",
)


def upgrade() -> None:
    """Add the columns and the tables."""
    op.add_column("units", sa.Column("version", sa.Integer(), server_default="1", nullable=False))
    op.add_column("people", sa.Column("menu", sa.String(length=80), nullable=True))
    op.add_column("people", sa.Column("reminder_hour", sa.SmallInteger(), nullable=True))
    own = sa.text("menu is not null")
    op.create_index("ix_people_menu", "people", ["id"], sqlite_where=own, postgresql_where=own)
    op.create_table(
        "figures",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("node_id", KEY, server_default=sa.text("0"), nullable=False),
        sa.Column("unit_id", KEY, server_default=sa.text("0"), nullable=False),
        sa.Column("confidential", sa.Boolean(), nullable=False),
        *(sa.Column(name, sa.Integer(), server_default="0", nullable=False) for name in COUNTED),
        sa.PrimaryKeyConstraint("day", "node_id", "unit_id", "confidential", name=op.f("pk_figures")),
    )
    op.create_index("ix_figures_unit_day", "figures", ["unit_id", "day"])
    op.create_table(
        "choices",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_choices_person_id_people")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_choices")),
    )


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("choices")
    op.drop_table("figures")
    op.drop_index("ix_people_menu", "people")
    op.drop_column("people", "reminder_hour")
    op.drop_column("people", "menu")
    op.drop_column("units", "version")
