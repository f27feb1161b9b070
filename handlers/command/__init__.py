"""The command centre's door: recording calls, triage and dispatch, lists of orders, publishing results, figures."""

from aiogram import Router

from handlers.command import muting, orders, publishing, recording, stats, triage


def command_doors() -> Router:
    """Presses of dispatchers, in their group or privately; figures for everybody with a duty."""
    router = Router(name="command")
    router.include_routers(
        recording.doors(), publishing.doors(), muting.doors(), triage.doors(), orders.doors(), stats.doors()
    )
    return router
