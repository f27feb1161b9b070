"""镇街吹哨、部门报到: what the dispatcher is asked, what the units read, and how both sides rate."""

from collections.abc import Sequence
from datetime import datetime

from bot.cases.calls import AT_PLACE_M
from bot.texts.language import Phrases, cut


class CallingTexts:
    """Sentences of calls."""

    _say: Phrases

    def whistle_privately(self) -> str:
        """Toast in a group: it is put together privately (plain text)."""
        return self._say("请到和我的私聊里选部门、时间和地点。")

    def call_whom(self, number: str, chosen: Sequence[str]) -> str:
        """Asks for the units; those chosen are named."""
        asked = self._say("📣 <b>{number}</b> 吹哨，请哪些部门来？点名字选上，再点去掉。", number=number)
        return f"{asked}\n{self._say('已选：{units}', units='、'.join(chosen))}" if chosen else asked

    def chosen_enough(self) -> str:
        """Button."""
        return self._say("选好了 ›")

    def too_many_units(self) -> str:
        """Alert: more cannot be called at once."""
        return self._say("一次最多请8个部门。")

    def choose_a_unit(self) -> str:
        """Alert: nobody was chosen."""
        return self._say("先选至少一个部门。")

    def call_when(self) -> str:
        """Asks for the time."""
        return self._say("什么时候到？点一个，或者直接写，比如 9:30、明天9:30、11月28日 14:00。")

    def unclear_when(self) -> str:
        """The time is not understood, over, or too far."""
        return self._say("这个时间看不懂，或者已经过了。请写 9:30、明天9:30 这样，最远两周。")

    def moment_key(self, at: datetime) -> str:
        """Button: a time."""
        return self._say("{at}", at=at)

    def whistle_where(self, place: str) -> str:
        """Asks for the place."""
        if not place:
            return self._say("在哪儿集合？请发位置，或者写地点。")
        return self._say("在哪儿集合？点「就在事发地点」（{place}），或发位置、写地点。", place=place)

    def at_the_place(self) -> str:
        """Button."""
        return self._say("就在事发地点")

    def call_tasks(self) -> str:
        """Asks for the common tasks."""
        return self._say("请写要一起做的事，一行一件，最多10件。")

    def tasks_please(self) -> str:
        """Something else came."""
        return self._say("请用文字写要做的事，一行一件。")

    def call_ready(self, number: str, units: Sequence[str], at: datetime, place: str, tasks: Sequence[str]) -> str:
        """Everything once more, to be sent."""
        head = self._say(
            "📣 <b>{number}</b> 请{units}\n{at} 到 {place}\n要做的事：",
            number=number,
            units="、".join(units),
            at=at,
            place=place,
        )
        return "\n".join([head, *(self._say("□ {task}", task=task) for task in tasks)])

    def call_send(self) -> str:
        """Button."""
        return self._say("📣 吹哨")

    def call_drop(self) -> str:
        """Button."""
        return self._say("不吹了")

    def call_dropped(self) -> str:
        """It was not sent."""
        return self._say("好的，没有发出。")

    def call_sent(self, number: str) -> str:
        """In place of the question."""
        return self._say("{number} 已吹哨，部门会收到时间、地点和要做的事。谁到了，卡片上随时看。", number=number)

    def call_note(self, units: Sequence[str], place: str, at: datetime) -> str:
        """The line of history (not HTML)."""
        return self._say(
            "{raw_at} {raw_place}：{raw_units}",
            raw_at=self._say("{at}", at=at),
            raw_place=place,
            raw_units="、".join(units),
        )

    def arrival_note(self, late: int, metres: int | None, *, placed: bool) -> str:
        """The line of history (not HTML)."""
        return "，".join(part for part in (self.how_late(late), self.how_far(metres, placed=placed)) if part)

    def how_late(self, late: int) -> str:
        """In time, or by how much not."""
        return self._say("迟到 {count} 分钟", count=late) if late else self._say("准时")

    def how_far(self, metres: int | None, *, placed: bool) -> str:
        """How far from the place; near enough is not said. Where the call has no point, no distance is known."""
        if metres is None:
            return self._say("位置收到，集合点没有坐标，不算距离") if placed else self._say("没发位置")
        return self._say("离集合点约 {count} 米", count=metres) if metres > AT_PLACE_M else ""

    def call_head(self, number: str, matter: str, *, over: bool) -> str:
        """First lines of the card of a call."""
        head = self._say("📣 <b>吹哨　{matter}</b>\n{number}", matter=matter, number=number)
        return f"{head}\n{self._say('<b>协同已结束</b>')}" if over else head

    def call_meeting(self, at: datetime, place: str) -> str:
        """When and where."""
        return self._say("⏰ <b>{at}</b>\n📍 {place}", at=at, place=place)

    def call_unit(self, unit: str, *, leads: bool, arrived: str, stars: str) -> str:
        """A line for each unit: whether it is there, and how it was found."""
        name = self._say("{unit}（牵头）", unit=unit) if leads else self._say("{unit}", unit=unit)
        sign = self._say("✅ {raw_name} {raw_how}", raw_name=name, raw_how=arrived) if arrived else f"▫️ {name}"
        return f"{sign} {stars}".rstrip()

    def call_stars(self, stars: int | None, back: int | None) -> str:
        """What both sides gave."""
        given = [self._say("得{count}星", count=stars)] if stars else []
        given += [self._say("评{count}星", count=back)] if back else []
        return "　".join(given)

    def arrived(self, at: datetime, late: int, metres: int | None, *, placed: bool) -> str:
        """When somebody came."""
        return self._say("{at} 报到（{raw_how}）", at=at, raw_how=self.arrival_note(late, metres, placed=placed))

    def call_task(self, words: str, unit: str | None) -> str:
        """A line for each task."""
        if unit is None:
            return self._say("□ {task}", task=words)
        return self._say("☑ {task}（{unit}）", task=words, unit=unit)

    def task_done(self, words: str) -> str:
        """Button: this task is done (not escaped)."""
        return self._say("☑ 做完：{raw_task}", raw_task=cut(words, 20))

    def ticked(self, words: str) -> str:
        """Toast (plain text)."""
        return self._say("记下了：{raw_task}", raw_task=words)

    def button_report_in(self) -> str:
        """Button: from the group into the private chat."""
        return self._say("📍 报到")

    def report_in_how(self, number: str) -> str:
        """In the private chat: asks for the location."""
        return self._say("{number} 报到：请点下面「发送我的位置」。实在发不了，点「不发位置」。", number=number)

    def report_without_place(self) -> str:
        """Key: no location."""
        return self._say("不发位置，直接报到")

    def own_place_please(self) -> str:
        """A location that somebody else sent, or something else."""
        return self._say("请用下面的按钮发您现在的位置，不要转发。")

    def reported_in(self, unit: str, late: int, metres: int | None, *, placed: bool) -> str:
        """Kept."""
        how = self.arrival_note(late, metres, placed=placed)
        return self._say("✅ {unit}已报到：{raw_how}", unit=unit, raw_how=how)

    def call_soon(self, number: str, at: datetime, place: str) -> str:
        """An hour before."""
        return self._say("⏰ <b>{number}</b> {at} 到 {place} 集合，别忘了报到。", number=number, at=at, place=place)

    def call_missing(self, number: str, place: str) -> str:
        """To a unit that is not there."""
        return self._say(
            "❗ <b>{number}</b> 时间过了，您单位还没报到（{place}）。到了请马上报到。", number=number, place=place
        )

    def call_who_misses(self, number: str, units: Sequence[str]) -> str:
        """To the dispatchers."""
        return self._say("❗ <b>{number}</b> 还没报到：{units}", number=number, units="、".join(units))

    def joint_over(self, number: str) -> str:
        """Toast (plain text)."""
        return self._say("{raw_number} 的协同结束了，接着由您单位办。", raw_number=number)

    def rate_call(self, number: str, unit: str, side: str) -> str:
        """Asks for one tap."""
        if side == "stars":
            return self._say("<b>{number}</b> 协同结束了。{unit}来得怎么样？1最差，5最好。", number=number, unit=unit)
        return self._say("<b>{number}</b> 协同结束了。这次吹哨组织得怎么样？1最差，5最好。", number=number)

    def star(self, count: int) -> str:
        """Button: so many stars."""
        return self._say("{count}⭐", count=count)

    def call_rated(self, stars: int) -> str:
        """In place of the question."""
        return self._say("已评 {count} 星，谢谢。", count=stars)
