"""Why a report is not accepted, and which legal route is open instead: closed lists, and how history keeps them."""

REASONS = ("elsewhere", "court", "private", "decided", "facts", "contract", "work")
"""不予受理. What is said of each, and which body to turn to, stands in bot/texts/turning_away.py."""

ROUTES = ("lawsuit", "arbitration", "discipline", "review", "disclosure", "petition")
"""诉讼, 仲裁, 纪检监察, 行政复议, 信息公开, 信访."""

LINES = ("110", "119", "120", "122")
"""转紧急专线: police, fire brigade, ambulance, traffic police."""


def noted(key: str, words: str) -> str:
    """A line of history: the key of the list, and the dispatcher's own words behind it."""
    return f"{key}\n{words}".strip()


def read_note(note: str) -> tuple[str, str]:
    """The key and the own words of such a line."""
    key, _, words = note.partition("\n")
    return key, words
