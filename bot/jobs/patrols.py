"""In the evening whoever has not noted today's patrol is asked, once; never at night, never on a free day."""

from datetime import UTC

from bot.cases.checklists import Days
from bot.desk import patrolling
from bot.desk.desk import Desk
from bot.outbox.letters import Kind, Letter, person
from bot.texts.language import ZONE
from storage import beats, counters, patrols, people

BATCH = 500


async def remind(desk: Desk) -> int:
    """Go on through the people who patrol. Nobody is asked twice on a day; returns how many duties were looked at."""
    local, day = desk.now().astimezone(ZONE), patrolling.today(desk)
    works = desk.office.workdays.is_workday(day)
    roles = [role for role, one in desk.office.checklists.by_role.items() if works or one.days is Days.EVERY_DAY]
    if not roles or local.hour < desk.office.patrol_hour or desk.office.calendar.is_quiet(desk.now()):
        return 0
    name = f"patrol {day:%Y%m%d}"
    due = await beats.page(desk.tx, roles, desk.now(), await counters.get(desk.tx, name) or 0, BATCH)
    if not due:
        return 0
    done = await patrols.done_on(desk.tx, {one.person_id for one in due}, day)
    waiting = {one.person_id for one in due if (one.person_id, one.node_id) not in done}
    hours = await people.reminder_hours(desk.tx, waiting)
    for who in sorted(waiting):
        later = local.replace(hour=hours[who], minute=0, second=0, microsecond=0) if who in hours else local
        facts = {"day": day.isoformat()}
        kind, at = Kind.PATROL_REMINDER, max(later, local).astimezone(UTC)
        desk.owe(Letter(key=f"{name} {who}", kind=kind, to=person(who), facts=facts, not_before=at))
    await counters.put(desk.tx, name, due[-1].id)
    return len(due)
