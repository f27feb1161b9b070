"""Figures know how many drawn cases were asked about (回访); what somebody watches (监督单) is found by its person."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0025"
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
    runs = sa.text("state = 'open'")
    columns = ["person_id", "case_id"]
    op.create_index("ix_supervisions_watching", "supervisions", columns, sqlite_where=runs, postgresql_where=runs)


def downgrade() -> None:
    """Without it nobody knows how many were asked."""
    op.drop_index("ix_supervisions_watching", "supervisions")
    for name in MORE:
        op.drop_column("figures", name)
