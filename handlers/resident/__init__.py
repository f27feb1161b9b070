"""The resident's and whistleblower's door: report, follow, rate; who is responsible for a building."""

from aiogram import Router

from handlers.resident import adding, mine, mygrid, rating, report, start


def resident_doors() -> Router:
    """Private chats. The last handler takes any content at all, so it stands at the end."""
    router = Router(name="resident")
    router.include_routers(mygrid.doors(), start.doors(), mine.doors(), adding.doors(), rating.doors(), report.doors())
    return router
