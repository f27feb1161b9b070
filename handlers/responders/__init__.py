"""The responders' door: the group of a unit, and private cards."""

from aiogram import Router

from handlers.responders import calls, choices, diverting, handing, more, presses, replies, roster, works


def responder_doors() -> Router:
    """Presses on cards, and replies to them."""
    router = Router(name="responders")
    router.include_routers(
        works.doors(),
        calls.doors(),
        choices.doors(),
        diverting.doors(),
        handing.doors(),
        roster.doors(),
        presses.doors(),
        more.doors(),
        replies.doors(),
    )
    return router
