"""Telling the people who run this that something is wrong, and the person concerned that we are sorry."""

from bot.desk.desk import Desk
from bot.desk.rights import admins
from bot.outbox.letters import Kind, Lane, Letter, person


async def alarm(desk: Desk, key: str, what: str, case_id: int | None = None, **facts: object) -> None:
    """Tell every admin once per `key`. `what` names a sentence of bot/texts; facts hold nothing personal.

    `case_id`: the case it is about, of which an admin who is complained of in it hears nothing.
    """
    desk.owe(
        *(
            Letter(
                key=f"alarm {key} {admin}",
                kind=Kind.ALARM,
                to=person(admin),
                case_id=case_id,
                lane=Lane.URGENT,
                facts={"what": what, **facts},
            )
            for admin in sorted(await admins(desk))
        )
    )


def sorry(desk: Desk, person_id: int, update: str) -> None:
    """A neutral word to somebody whose message we could not deal with; a person looks at it."""
    desk.owe(Letter(key=f"sorry {update}", kind=Kind.SORRY, to=person(person_id)))
