"""Every matter, by right and wrong input: each walk ends in a case or a kept draft, and nothing is asked for ever.

`YASHU_WALKS=2000 python3 run.py test tests/stories/test_walker.py` is the long size.
"""

import asyncio
import os
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.stories.walker import Plan, drafts_of, refused, walk
from tests.town import Town, open_town

WALKS = int(os.environ.get("YASHU_WALKS", "60"))
CROWD = 20
STEPS = 14
plans = st.lists(
    st.lists(st.tuples(st.integers(0, 99), st.integers(0, 999)), min_size=4, max_size=STEPS),
    min_size=CROWD,
    max_size=CROWD,
)


def test_every_walk_ends_in_a_case_or_a_kept_draft(tmp_path: Path, template: Path) -> None:
    with asyncio.Runner() as runner:
        opening = open_town(tmp_path / "data", template, messages_per_chat_second=100_000)
        town = runner.run(opening.__aenter__())
        try:
            walked, cases = _walk_all(runner, town)
        finally:
            runner.run(opening.__aexit__(None, None, None))
    assert walked >= WALKS
    assert cases > walked / 2, "most who are shown the way come to the end of it"


def _walk_all(runner: asyncio.Runner, town: Town) -> tuple[int, int]:
    walked = cases = 0

    @settings(
        max_examples=-(-WALKS // CROWD),
        deadline=None,
        database=None,
        derandomize="YASHU_WALKS" not in os.environ,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
    )
    @given(plans)
    def all_of_them(chosen: list[Plan]) -> None:
        nonlocal walked, cases
        cases += runner.run(_walked(town, chosen))
        walked += len(chosen)

    all_of_them()
    return walked, cases


async def _walked(town: Town, chosen: list[Plan]) -> int:
    """How many cases came of it, or were joined."""
    calls = town.sandbox.world.calls.after(0)
    before = calls[-1]["n"] if calls else 0
    crowd = await walk(town, chosen)
    drafts = await drafts_of(town, crowd)
    lost = [str(one) for one in crowd if not (one.over or one.joined or one.person.id in drafts or gave_up(one.done))]
    assert lost == []
    assert refused(town, before, crowd) == []
    return sum(one.over or one.joined for one in crowd)


def gave_up(done: list[str]) -> bool:
    """Whether somebody dropped the report."""
    return any("不报了" in one and "不报了吗" not in one for one in done)
