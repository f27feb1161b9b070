"""What the sandbox refuses: a bot's call in Telegram's words, a mistaken request of the people API in plain ones."""


class Refused(Exception):
    """A Bot API call that Telegram answers with `ok: false`; `parameters` carries retry_after or migrate_to_chat_id."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


class Mistaken(Exception):
    """A request to /sandbox/* that makes no sense; answered with `status` and the text as `error`."""

    def __init__(self, text: str, status: int = 400) -> None:
        super().__init__(text)
        self.status = status


def bad(text: str) -> Refused:
    return Refused(400, f"Bad Request: {text}")


def forbidden(text: str) -> Refused:
    return Refused(403, f"Forbidden: {text}")


def conflict(text: str) -> Refused:
    return Refused(409, f"Conflict: {text}")


def too_many(seconds: int) -> Refused:
    """429: the same call may be repeated after `seconds`."""
    return Refused(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
