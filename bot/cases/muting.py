"""停报: for a while nothing but danger is taken from somebody. Two agree on it, any one ends it."""

from datetime import timedelta

REASONS = ("abuse", "false", "flood", "adverts")
DAYS = (3, 7, 30)
"""For so long; never longer."""

ANSWERED_WITHIN = timedelta(hours=72)
"""A proposal that nobody has agreed to by then is void."""

MOST_FILES = 40
"""So many files of one case are sent to its unit as they come; what comes after is kept, to be looked at."""
