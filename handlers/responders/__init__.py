"""The responders' door: the group of a unit, and private cards."""

from aiogram import Router

from handlers.responders import presses, replies


def responder_doors() -> Router:
    """Presses on cards, and replies to them."""
    router = Router(name="responders")
    router.include_routers(presses.doors(), replies.doors())
    return router
