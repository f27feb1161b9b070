"""What is counted while the program runs; /metrics shows it. Kinds and numbers only, nobody and nothing said."""

from prometheus_client import CollectorRegistry, Counter

REGISTRY = CollectorRegistry()
UPDATES = Counter("yashu_updates", "Updates worked on, by how it ended.", ["outcome"], registry=REGISTRY)
CALLS = Counter(
    "yashu_calls",
    "Calls of the Bot API that carry what we owe, by what became of them.",
    ["verdict"],
    registry=REGISTRY,
)
FAILED_JOBS = Counter("yashu_failed_jobs", "Rounds of the timetable that failed.", ["job"], registry=REGISTRY)
