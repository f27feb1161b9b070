"""The command centre's door: recording calls, triage and dispatch, lists of orders, publishing results, figures."""

from aiogram import Router

from handlers.command import (
    conflicts,
    deciding,
    excluding,
    muting,
    opening,
    orders,
    publishing,
    recording,
    revisiting,
    sampling,
    stats,
    triage,
    whistle,
)


def command_doors() -> Router:
    """Presses of dispatchers, in their group or privately; figures for everybody with a duty."""
    router = Router(name="command")
    router.include_routers(recording.doors(), publishing.doors(), muting.doors())
    router.include_routers(
        deciding.doors(),
        excluding.doors(),
        revisiting.doors(),
        conflicts.doors(),
        triage.doors(),
        opening.doors(),
        orders.doors(),
        stats.doors(),
    )
    router.include_routers(whistle.doors(), sampling.doors())
    return router
