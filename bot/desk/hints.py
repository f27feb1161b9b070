"""What somebody with duties can do here besides reporting: told under the help."""

from bot.desk.desk import Desk
from bot.desk.rights import is_admin
from bot.desk.works import ANNOUNCERS
from bot.texts import Texts
from storage import people


async def duty_hints(desk: Desk, texts: Texts) -> str:
    """The commands of whoever acts, one a line; nothing for a resident."""
    if desk.person is None:
        return ""
    duties = await people.duties_of(desk.tx, desk.person.id, desk.now())
    roles = {duty.role for duty in duties}
    placed = {duty.role for duty in duties if duty.node_id is not None}
    return texts.duty_hints(
        patrols=bool(placed & desk.office.checklists.by_role.keys()),
        sheet="grid_member" in placed,
        works=bool(roles & ANNOUNCERS),
        calls="dispatcher" in roles or await is_admin(desk, desk.person.id),
    )
