"""Cases are found by words; figures are kept by matter too, with first sendings, rework, shelving."""

import sqlalchemy as sa
from alembic import op

from storage import tables

revision = "0021"
down_revision = "0016"
branch_labels = None
depends_on = None

INDEX = """
create virtual table case_words_index using fts5(
    pieces, content='case_words', content_rowid='case_id', tokenize='ascii', detail='none'
)
"""


def upgrade() -> None:
    """A job fills both (bot/jobs/searching.py)."""
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
    """Without it nothing is found by words."""
    if op.get_context().dialect.name == "sqlite":
        op.execute("drop table case_words_index")
    op.drop_table("case_words")
