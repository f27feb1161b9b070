"""The admins' door: groups and their units, the bot's own comings and goings there, and writing to many."""

from aiogram import Router

from handlers.admin import broadcast, broadcasts, groups


def admin_doors() -> Router:
    """What admins do in groups and privately."""
    router = Router(name="admin")
    router.include_routers(groups.doors(), broadcast.doors(), broadcasts.doors())
    return router
