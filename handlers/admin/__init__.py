"""The admins' door: groups, units, the register of people, and writing to many."""

from aiogram import Router

from handlers.admin import broadcast, broadcasts, grid, groups, neighbours, people, regrid, settings, units, whistling


def admin_doors() -> Router:
    """What admins do in groups and privately."""
    router = Router(name="admins")
    before = (
        people.doors(),
        broadcast.doors(),
        broadcasts.doors(),
        grid.doors(),
        regrid.doors(),
        units.doors(),
        settings.doors(),
        whistling.doors(),
    )
    router.include_routers(*before, neighbours.doors(), groups.doors(), neighbours.last_doors())
    return router
