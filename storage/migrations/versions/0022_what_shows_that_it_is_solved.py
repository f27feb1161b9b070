"""Who watches a case for its place, who was called back, and where a picture was seen before."""

import sqlalchemy as sa
from alembic import op

from storage import tables

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

MOMENT = tables.UTCDateTime(timezone=True)
BANDS = ("look_a", "look_b", "look_c", "look_d")


def upgrade() -> None:
    """Pictures that are there already can be found too."""
    for name in BANDS:
        op.add_column("media", sa.Column(name, sa.Integer(), nullable=True))
        op.create_index(f"ix_media_{name}", "media", [name])
    op.create_index("ix_media_sha256", "media", ["sha256"])
    op.add_column("media", sa.Column("same_as", tables.Key, nullable=True))
    media = sa.table("media", sa.column("look", sa.BigInteger()), *(sa.column(name, sa.Integer()) for name in BANDS))
    # PostgreSQL shifts a bigint by an integer only: the width is written, not bound.
    shifts: list[sa.ColumnElement[int]] = [
        sa.literal_column(str(48 - 16 * at), sa.Integer()) for at in range(len(BANDS))
    ]
    mask: sa.ColumnElement[int] = sa.literal_column("65535", sa.Integer())
    cut = {name: media.c.look.bitwise_rshift(by).bitwise_and(mask) for name, by in zip(BANDS, shifts, strict=True)}
    op.execute(sa.update(media).where(media.c.look.is_not(None)).values(cut))
    _supervisions()
    _revisits()
    for name, table, columns, rows, unique in (
        ("ix_supervisions_open", "supervisions", ["case_id"], "state = 'open'", True),
        ("ix_supervisions_remind", "supervisions", ["remind_at"], "state = 'open' and remind_at is not null", False),
        ("ix_revisits_open", "revisits", ["due_at", "case_id"], "state = 'open'", False),
        ("ix_revisits_remind", "revisits", ["remind_at"], "remind_at is not null", False),
    ):
        only = sa.text(rows)
        op.create_index(name, table, columns, unique=unique, sqlite_where=only, postgresql_where=only)
    op.create_index("ix_supervisions_person", "supervisions", ["person_id", "id"])
    op.create_index(op.f("ix_supervisions_case_id"), "supervisions", ["case_id"])
    op.create_index(op.f("ix_revisits_caller_id"), "revisits", ["caller_id"])


def _supervisions() -> None:
    op.create_table(
        "supervisions",
        sa.Column("id", tables.Key, autoincrement=True, nullable=False),
        sa.Column("case_id", tables.Key, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=8), server_default="open", nullable=False),
        sa.Column("given_at", MOMENT, nullable=False),
        sa.Column("remind_at", MOMENT, nullable=True),
        sa.Column("due_at", MOMENT, nullable=True),
        sa.Column("looked_at", MOMENT, nullable=True),
        sa.Column("verdict", sa.String(length=8), nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.CheckConstraint("state in ('open', 'judged', 'moved', 'ended')", name=op.f("ck_supervisions_state")),
        sa.CheckConstraint("verdict in ('confirm', 'fail')", name=op.f("ck_supervisions_verdict")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_supervisions_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_supervisions_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervisions")),
    )


def _revisits() -> None:
    op.create_table(
        "revisits",
        sa.Column("case_id", tables.Key, nullable=False),
        sa.Column("round", sa.SmallInteger(), nullable=False),
        sa.Column("why", sa.String(length=8), nullable=False),
        sa.Column("caller_id", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(length=8), server_default="open", nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("remind_at", MOMENT, nullable=True),
        sa.Column("tries", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("asked_at", MOMENT, nullable=True),
        sa.Column("reached_at", MOMENT, nullable=True),
        sa.Column("solved", sa.String(length=8), nullable=True),
        sa.Column("satisfied", sa.SmallInteger(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.CheckConstraint("why in ('red', 'sample', 'bad')", name=op.f("ck_revisits_why")),
        sa.CheckConstraint("state in ('open', 'reached', 'missed', 'dropped')", name=op.f("ck_revisits_state")),
        sa.CheckConstraint("solved in ('yes', 'part', 'no')", name=op.f("ck_revisits_solved")),
        sa.CheckConstraint("satisfied between 1 and 5", name=op.f("ck_revisits_satisfied")),
        sa.ForeignKeyConstraint(["caller_id"], ["people.id"], name=op.f("fk_revisits_caller_id_people")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_revisits_case_id_cases")),
        sa.PrimaryKeyConstraint("case_id", "round", name=op.f("pk_revisits")),
    )


def downgrade() -> None:
    """Without them nobody watches, nobody is called back, and a picture may prove anything."""
    op.drop_table("revisits")
    op.drop_table("supervisions")
    op.drop_column("media", "same_as")
    op.drop_index("ix_media_sha256", "media")
    for name in BANDS:
        op.drop_index(f"ix_media_{name}", "media")
        op.drop_column("media", name)
