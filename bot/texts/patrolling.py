"""What people with a place read of their patrol log (民情记录本)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.cases.checklists import Item, Look
from bot.texts.language import Phrases, cut
from bot.texts.roles import RoleTexts

NOTE = 300


class PatrolTexts(RoleTexts):
    """Sentences of the patrol log."""

    language: str
    _say: Phrases

    def item_name(self, item: Item) -> str:
        """The name of an item in this language (not escaped: for buttons)."""
        return item.name if self.language == "zh" else item.name_en

    def patrol_where(self) -> str:
        """Somebody has several places."""
        return self._say("今天看哪一处？")

    def patrol_privately(self) -> str:
        """/patrol in a group."""
        return self._say("巡查记录请私下发给我：点我的头像，发 /patrol。")

    def patrol_card(
        self, place: str, day: date, role: str, lines: Sequence[str], photos: int, note: str, *, done: bool
    ) -> str:
        """The list of the day: one card, edited in place."""
        head = self._say("📒 <b>今天的巡查　{place}</b>\n{day} {role}", place=place, day=day, role=role)
        more = [
            self._say("📷 照片 {count} 张", count=photos) if photos else "",
            self._say("📝 备注：{note}", note=cut(note, NOTE)) if note else "",
        ]
        end = (
            self._say("<b>✅ 今天的巡查完成了，辛苦您了！</b>")
            if done
            else self._say("看一样点一下，可以随时发照片。看完点「完成」。")
        )
        return "\n".join([head, "", *lines, *(line for line in more if line), "", end])

    def patrol_line(self, item: Item, look: str | None, number: str | None) -> str:
        """One item of the card."""
        name = self.item_name(item)
        if look == Look.FINE:
            return self._say("✅ {name}　正常", name=name)
        if look == Look.BAD and number:
            return self._say("❗ {name}　有问题，已上报 <b>{number}</b>", name=name, number=number)
        return self._say("❗ {name}　有问题", name=name) if look == Look.BAD else self._say("⬜ {name}", name=name)

    def patrol_fine(self, item: Item, look: str | None) -> str:
        """Marks an item as fine (a button with the item's name)."""
        sign = "✅" if look == Look.FINE else "⬜"
        return f"{sign} {self.item_name(item)}"

    def patrol_bad(self, look: str | None) -> str:
        """Button beside it."""
        return self._say("❗ 有问题") if look == Look.BAD else self._say("有问题")

    def patrol_report(self, item: Item) -> str:
        """Makes a case of a defect (a button with the item's name)."""
        return self._say("📣 上报：{raw_name}", raw_name=self.item_name(item))

    def patrol_all_fine(self) -> str:
        """Button."""
        return self._say("👌 全部正常")

    def patrol_note(self) -> str:
        """Button."""
        return self._say("📝 写备注")

    def patrol_finish(self) -> str:
        """Button."""
        return self._say("✅ 完成")

    def patrol_again(self) -> str:
        """Button."""
        return self._say("✏️ 改一下")

    def patrol_open(self) -> str:
        """Button under a reminder."""
        return self._say("📒 打开今天的单子")

    def patrol_left(self, names: Sequence[str]) -> str:
        """Alert: not all was looked at (plain text)."""
        return self._say("还有没看的：{raw_names}", raw_names=self._say("、").join(names))

    def patrol_done(self) -> str:
        """Toast."""
        return self._say("记好了，辛苦您了！")

    def patrol_reported(self, number: str) -> str:
        """Toast (plain text)."""
        return self._say("已上报，编号 {raw_number}", raw_number=number)

    def patrol_ask_note(self) -> str:
        """Asks for the note."""
        return self._say("请打字，写几句备注。")

    def patrol_noted(self) -> str:
        """The note is kept."""
        return self._say("备注记下了。")

    def patrol_photo(self, count: int) -> str:
        """A photo is kept with the day."""
        return self._say("照片记到今天的巡查里了，共 {count} 张。", count=count)

    def patrol_reminder(self, places: Sequence[str]) -> str:
        """In the evening, to whoever has not finished."""
        named = self._say("、").join(places)
        return self._say("📒 今天的巡查还没记：{places}。要是看过了，点一下就行。", places=named)

    def month_coming(self) -> str:
        """The picture is being drawn."""
        return self._say("正在画这个月的记录，马上发给您。")

    def month_words(self, month: str, done: int, due: int, missed: Sequence[int]) -> str:
        """Under the picture of a month, and instead of it."""
        head = self._say("📒 <b>{month} 巡查记录</b>：该记 {due} 天，记了 {done} 天。", month=month, due=due, done=done)
        if not missed:
            return head
        days = self._say("、").join(str(day) for day in missed)
        return "\n".join([head, self._say("漏记的日子：{days}", days=days)])

    def month_title(self, first: date, place: str) -> str:
        """Above a month (plain text)."""
        return self._say("{raw_month} 巡查记录　{raw_place}", raw_month=f"{first:%Y-%m}", raw_place=place)

    def month_sheet(self, first: date, places: Sequence[str], done: int, due: int, cases: int) -> dict[str, Any]:
        """The words on the picture of a month (plain text)."""
        weekdays = self._say("一 二 三 四 五 六 日").split()
        return {
            "title": self._say("{raw_month} 巡查记录", raw_month=f"{first:%Y-%m}"),
            "place": self._say("、").join(places),
            "weekdays": weekdays,
            "legend": [
                ("done", self._say("已记")),
                ("missed", self._say("漏记")),
                ("free", self._say("不用巡查")),
            ],
            "foot": [
                self._say("该记 {due} 天，记了 {done} 天", due=due, done=done),
                self._say("发现问题并上报 {count} 件", count=cases),
            ],
        }

    def month_head(self, days: Sequence[int]) -> list[str]:
        """The head of the month sheet (plain text)."""
        front = [self._say("姓名"), self._say("职责"), self._say("地点")]
        sums = [self._say("已记天数"), self._say("该记天数"), self._say("上报件数")]
        return [*front, *(str(day) for day in days), *sums]

    def month_row(self, row: Any) -> list[str | int]:
        """One line of it: ✓ noted, ✗ missed, – not asked for."""
        signs = {"done": "✓", "missed": "✗", "free": "–", "none": ""}
        marks = [signs[mark] for mark in row.marks]
        return [row.name, self.role(row.role), row.place, *marks, row.done, row.due, row.cases]
