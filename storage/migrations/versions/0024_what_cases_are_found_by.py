"""Cases are found by words; figures are kept by matter too, with first sendings, rework, shelving."""

import sqlalchemy as sa
from alembic import op

from storage import tables

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

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
MORE = ("first_sent", "misdirected", "reworked", "shelved", "set_aside")
INDEX = """
create virtual table case_words_index using fts5(
    pieces, content='case_words', content_rowid='case_id', tokenize='ascii', detail='none'
)
"""


def upgrade() -> None:
    """Jobs fill both: words are learned step by step, figures are folded anew from the begin of the history."""
    _figures(("day", "node_id", "unit_id", "matter", "confidential"), (*COUNTED, *MORE))
    op.create_table(
        "case_words",
        sa.Column("case_id", tables.Key, autoincrement=False, nullable=False),
        sa.Column("pieces", tables.Pieces(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_words_case_id_cases")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_words")),
    )
    if op.get_context().dialect.name == "sqlite":
        op.execute(INDEX)
    else:
        op.create_index("ix_case_words_pieces", "case_words", ["pieces"], postgresql_using="gin")


def downgrade() -> None:
    """Without it nothing is found by words; figures are folded anew."""
    _figures(("day", "node_id", "unit_id", "confidential"), COUNTED)
    if op.get_context().dialect.name == "sqlite":
        op.execute("drop table case_words_index")
    op.drop_table("case_words")


def _figures(key: tuple[str, ...], counted: tuple[str, ...]) -> None:
    """The table of sums anew, empty, and how far the history was folded into it forgotten."""
    key_columns = {
        "day": sa.Column("day", sa.Date(), nullable=False),
        "node_id": sa.Column("node_id", tables.Key, server_default=sa.text("0"), nullable=False),
        "unit_id": sa.Column("unit_id", tables.Key, server_default=sa.text("0"), nullable=False),
        "matter": sa.Column("matter", sa.String(length=8), nullable=False),
        "confidential": sa.Column("confidential", sa.Boolean(), nullable=False),
    }
    op.drop_index("ix_figures_unit_day", "figures")
    op.drop_table("figures")
    op.create_table(
        "figures",
        *(key_columns[name] for name in key),
        *(sa.Column(name, sa.Integer(), server_default="0", nullable=False) for name in counted),
        sa.PrimaryKeyConstraint(*key, name=op.f("pk_figures")),
    )
    op.create_index("ix_figures_unit_day", "figures", ["unit_id", "day"])
    op.execute("delete from counters where name = 'figures'")
