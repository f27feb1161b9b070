"""The door of people with a place: patrol log, roll calls and household tasks; and of those who call for them."""

from aiogram import Router

from handlers.patrol import calling, daily, reporting


def patrol_doors() -> Router:
    """Commands, presses and the photos and notes of an open list."""
    router = Router(name="patrol")
    router.include_routers(daily.doors(), calling.doors(), reporting.doors())
    return router
