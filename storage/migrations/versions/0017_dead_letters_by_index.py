"""Dead letters are counted again and again by whoever watches over the program."""

from alembic import op
from sqlalchemy import text

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """An index each over the few that are dead."""
    dead = text("state = 'dead'")
    for table in ("inbox", "outbox"):
        op.create_index(f"ix_{table}_dead", table, ["id"], sqlite_where=dead, postgresql_where=dead)


def downgrade() -> None:
    """Counting reads the whole table again."""
    for table in ("inbox", "outbox"):
        op.drop_index(f"ix_{table}_dead", table)
