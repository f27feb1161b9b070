"""Who may act on a case and what can be done to it: the words of the table of moves."""

from enum import StrEnum


class Role(StrEnum):
    """What somebody is towards one case, looked up at the press. A role is only given where it holds for that case.

    So a town dispatcher is one of the case's own town, a grid member one of its own grid, a responder one of its unit
    (also where a community or a town office is the unit), the finder the grid member who reported the case, the
    supervisor whoever holds its 监督单. An administrator looks after the installation and has no move on a case.
    """

    REPORTER = "reporter"
    FINDER = "finder"
    GRID_MEMBER = "grid_member"
    SUPERVISOR = "supervisor"
    RESPONDER = "responder"
    DUTY = "duty"
    LEADER = "leader"
    TOWN_DISPATCHER = "town_dispatcher"
    DISTRICT_DISPATCHER = "district_dispatcher"
    SYSTEM = "system"
    ADMIN = "admin"


UNIT = frozenset({Role.RESPONDER, Role.DUTY, Role.LEADER})
CENTRE = frozenset({Role.TOWN_DISPATCHER, Role.DISTRICT_DISPATCHER})


class Action(StrEnum):
    """What is done to a case. Some keep its status (a new owner, a word on progress) and yet belong to its history."""

    SUBMIT = "submit"
    TRIAGE = "triage"
    SETTLE_ON_SPOT = "settle_on_spot"
    ASK = "ask"
    ANSWER = "answer"
    REFER = "refer"
    REJECT = "reject"
    OBJECT = "object"
    RECONSIDER = "reconsider"
    DIVERT = "divert"
    TAKEN_OVER = "taken_over"
    MERGE = "merge"
    SPLIT = "split"
    REPLY = "reply"
    THANK = "thank"
    DISPATCH = "dispatch"
    REASSIGN = "reassign"
    ESCALATE = "escalate"
    ACCEPT = "accept"
    RETURN = "return"
    INSIST = "insist"
    TRANSFER = "transfer"
    CONTACT = "contact"
    PROGRESS = "progress"
    ASK_LEVEL_UP = "ask_level_up"
    ASK_JOINT = "ask_joint"
    ASK_REASSIGN = "ask_reassign"
    WHISTLE = "whistle"
    END_JOINT = "end_joint"
    EXTEND = "extend"
    GRANT = "grant"
    DECLINE = "decline"
    ASK_SHELVING = "ask_shelving"
    SHELVE = "shelve"
    RESUME = "resume"
    RESOLVE = "resolve"
    LOOK = "look"
    CONFIRM = "confirm"
    FAIL = "fail"
    RATE = "rate"
    CLOSE = "close"
    REDO = "redo"
    CORRECT = "correct"
    WITHDRAW = "withdraw"
    HAND_BACK = "hand_back"
    HAND_OVER = "hand_over"
    BLOCK = "block"
    LIFT = "lift"
    OVERSEE = "oversee"
    RELEASE = "release"
    SPARE = "spare"
    LAPSE = "lapse"
    ARCHIVE = "archive"
    RENAME = "rename"
    GRADE = "grade"
    REQUIRE = "require"
    HASTEN = "hasten"
    REFUSE = "refuse"
    EXCLUDE = "exclude"
