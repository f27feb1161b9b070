"""The door of people with a place: patrol log."""

from aiogram import Router

from handlers.patrol import daily


def patrol_doors() -> Router:
    """Commands, presses and the photos and notes of an open list."""
    router = Router(name="patrol")
    router.include_routers(daily.doors())
    return router
