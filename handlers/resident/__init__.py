"""The resident's and whistleblower's door: report, follow, rate; who is responsible for a building."""

from aiogram import Router

from handlers.resident import (
    adding,
    applying,
    correcting,
    human,
    hurrying,
    mine,
    mygrid,
    notices,
    objecting,
    owncase,
    rating,
    report,
    revisited,
    settling,
    start,
    subscribing,
    ways,
)


def resident_doors() -> Router:
    """Private chats. The last handler takes any content at all, so it stands at the end."""
    router = Router(name="resident")
    first = (
        hurrying.doors(),
        human.doors(),
        owncase.doors(),
        ways.doors(),
        applying.doors(),
        subscribing.doors(),
        mygrid.doors(),
        start.doors(),
        notices.doors(),
    )
    router.include_routers(*first, mine.doors(), correcting.doors(), objecting.doors())
    router.include_routers(adding.doors(), rating.doors())
    router.include_routers(settling.doors(), revisited.doors(), report.doors())
    return router
