"""Figures of cases by day, place, unit and matter; and what admins have set at run time."""

from sqlalchemy import JSON, BigInteger, Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, text

from storage.tables.columns import Key, UTCDateTime, metadata

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
    "first_sent",
    "misdirected",
    "reworked",
    "shelved",
    "set_aside",
    "excluded",
    "revisit_due",
    "revisited",
)

figures = Table(
    "figures",
    metadata,
    Column("day", Date, primary_key=True),
    Column("node_id", Key, primary_key=True, server_default=text("0")),
    Column("unit_id", Key, primary_key=True, server_default=text("0")),
    Column("matter", String(8), primary_key=True),
    Column("confidential", Boolean, primary_key=True),
    *(Column(name, Integer, nullable=False, server_default="0") for name in COUNTED),
)
Index("ix_figures_unit_day", figures.c.unit_id, figures.c.day)

choices = Table(
    "choices",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", JSON, nullable=False),
    Column("person_id", BigInteger, ForeignKey("people.id")),
    Column("at", UTCDateTime, nullable=False),
)
