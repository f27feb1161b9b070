"""The command centre's door: triage and dispatch, and publishing results."""

from aiogram import Router

from handlers.command import publishing, triage


def command_doors() -> Router:
    """What dispatchers do, in their group or privately."""
    router = Router(name="centre")
    router.include_routers(publishing.doors(), triage.command_doors())
    return router
