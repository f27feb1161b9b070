"""Two programs on one database would answer everybody twice."""

import pytest

from bot.app import App
from bot.cases.errors import Broken
from tests.stories.steps import reports_lamp
from tests.town import Town


async def test_a_second_program_on_the_same_database_refuses_to_start(town: Town) -> None:
    second = App(town.app.settings, town.app.office.clock)
    with pytest.raises(Broken, match="伢叔已经在这个数据库上运行"):
        await second.start()
    await reports_lamp(town.resident)
    await town.restarts()
    await reports_lamp(town.neighbour)
