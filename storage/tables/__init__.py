"""Every table. CHECK, UNIQUE and foreign keys carry the invariants; every sweep and list has its index.

Who reported is not in `cases`: a case holds a random reference, `reporters` holds the sealed way back.
Columns that hold somebody's words or a way to a person in transit are sealed bytes (see storage/seals.py).
Rows of inbox and outbox are deleted, but their numbers are never used again (AUTOINCREMENT): keys of answers and the
serials that people see are made of them.
"""

from storage.tables.broadcast import broadcasts, publications, recipients, replies, subscriptions
from storage.tables.calling import call_tasks, called, calls
from storage.tables.cases import (
    callbacks,
    cards,
    cases,
    clocks,
    gradings,
    history,
    holds,
    joiners,
    media,
    mutes,
    posted,
    ratings,
    reporters,
    requests,
)
from storage.tables.columns import Key, UTCDateTime, metadata
from storage.tables.engine import counters, cries, dialogs, inbox, outbox, people, voices
from storage.tables.evidence import revisits, supervisions
from storage.tables.figures import choices, figures
from storage.tables.invitation import applications, invitations, resident_groups, staff_codes
from storage.tables.patrol import (
    appeals,
    boards,
    papers,
    patrol_photos,
    patrols,
    round_parts,
    rounds,
    sheets,
)
from storage.tables.redrawing import redrawings, redrawn
from storage.tables.roster import absences, conflicts, nudged, shifts, swaps
from storage.tables.searching import Pieces, case_words
from storage.tables.town import duties, members, nodes, units

__all__ = [
    "Key",
    "Pieces",
    "UTCDateTime",
    "absences",
    "appeals",
    "applications",
    "boards",
    "broadcasts",
    "call_tasks",
    "callbacks",
    "called",
    "calls",
    "cards",
    "case_words",
    "cases",
    "choices",
    "clocks",
    "conflicts",
    "counters",
    "cries",
    "dialogs",
    "duties",
    "figures",
    "gradings",
    "history",
    "holds",
    "inbox",
    "invitations",
    "joiners",
    "media",
    "members",
    "metadata",
    "mutes",
    "nodes",
    "nudged",
    "outbox",
    "papers",
    "patrol_photos",
    "patrols",
    "people",
    "posted",
    "publications",
    "ratings",
    "recipients",
    "redrawings",
    "redrawn",
    "replies",
    "reporters",
    "requests",
    "resident_groups",
    "revisits",
    "round_parts",
    "rounds",
    "sheets",
    "shifts",
    "staff_codes",
    "subscriptions",
    "supervisions",
    "swaps",
    "units",
    "voices",
]
