"""The admins' door: groups of units, the bot's own comings and goings in groups, and the register of people."""

from aiogram import Router

from handlers.admin import groups, neighbours, people


def admin_doors() -> Router:
    """What admins do in groups and privately."""
    router = Router(name="admins")
    router.include_routers(people.doors(), neighbours.doors(), groups.admin_doors(), neighbours.last_doors())
    return router


__all__ = ["admin_doors"]
