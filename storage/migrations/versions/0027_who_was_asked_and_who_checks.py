"""Who was asked again (回访) is counted, who watches (监督单) is found, and what stands where can be taken back."""

import sqlalchemy as sa
from alembic import op

from storage import tables

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

MORE = ("revisit_due", "revisited")
VISITED = """
insert into history (case_id, at, action, role, person_id, unit_id, public)
select r.case_id, r.ended_at, 'visited', 'dispatcher', r.caller_id, c.unit_id, false
from revisits r join cases c on c.id = r.case_id
where r.state = 'reached' and r.ended_at is not null and r.round = c.redone
"""


def upgrade() -> None:
    """Visits of before get their line in the history; figures are folded anew from its begin."""
    for name in MORE:
        op.add_column("figures", sa.Column(name, sa.Integer(), server_default="0", nullable=False))
    op.execute(VISITED)
    op.execute("delete from figures")
    op.execute("delete from counters where name = 'figures'")
    op.create_table(
        "posted",
        sa.Column("recipient", sa.String(length=64), nullable=False),
        sa.Column("message_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("case_id", tables.Key, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=True),
        sa.Column("words", sa.Boolean(), nullable=False),
        sa.Column("at", tables.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_posted_case_id_cases")),
        sa.PrimaryKeyConstraint("recipient", "message_id", name=op.f("pk_posted")),
    )
    for name in ("case_id", "at"):
        op.create_index(op.f(f"ix_posted_{name}"), "posted", [name])
    runs = sa.text("state = 'open'")
    columns = ["person_id", "case_id"]
    op.create_index("ix_supervisions_watching", "supervisions", columns, sqlite_where=runs, postgresql_where=runs)


def downgrade() -> None:
    """Without it nobody knows how many were asked."""
    op.drop_table("posted")
    op.drop_index("ix_supervisions_watching", "supervisions")
    for name in MORE:
        op.drop_column("figures", name)
