"""The door of people with a place: patrol log, roll calls household tasks, quarter sheet; and of those who call."""

from aiogram import Router

from handlers.patrol import calling, daily, reporting, sheet


def patrol_doors() -> Router:
    """Commands, presses and the photos and notes of an open list."""
    router = Router(name="patrol")
    router.include_routers(daily.doors(), calling.doors(), reporting.doors(), sheet.doors())
    return router
