"""The resident's and whistleblower's door: report, follow, rate."""

from aiogram import Router

from handlers.resident import adding, mine, notices, rating, report, start


def resident_doors() -> Router:
    """Private chats. The last handler takes any content at all, so it stands at the end."""
    router = Router(name="resident")
    router.include_routers(start.doors(), notices.doors(), mine.doors(), adding.doors(), rating.doors(), report.doors())
    return router
