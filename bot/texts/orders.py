"""What is read of lists and of what was found: /orders with its workbook, and /mine with words."""

from datetime import date, datetime
from typing import Any

from bot.cases.case import Case, Colour
from bot.cases.worktime import SHANGHAI
from bot.texts.language import Phrases, cut
from bot.texts.unit import STATUSES

LISTS = {"mine": "我的单", "unit": "本单位的单", "late": "超期的单", "check": "待核查的单", "wait": "等我处理的"}
SIGNS = {Colour.RED: "🔴", Colour.YELLOW: "🟡", Colour.NONE: ""}


class OrderTexts:
    """Sentences of /orders."""

    _say: Phrases

    def orders_list(self, view: str) -> str:
        """Button of a list."""
        return self._say(LISTS[view])

    def orders_list_button(self, view: str, *, here: bool) -> str:
        """The same, marked where one is."""
        words = self.orders_list(view)
        return self._say("● {raw_words}", raw_words=words) if here else words

    def orders_head(self, view: str, place: str, words: str, count: int) -> str:
        """Above a page of a list, or of what was found."""
        if view in LISTS:
            if not count:
                return self._say("📋 <b>{raw_list}</b>　没有。", raw_list=self.orders_list(view))
            return self._say("📋 <b>{raw_list}</b>　最早的在前，点开处理：", raw_list=self.orders_list(view))
        sought = "　".join(one for one in (place, words) if one)
        if not count:
            return self._say("🔍 没有找到“{sought}”。少写几个字，或者换个说法再试。", sought=sought)
        return self._say("🔍 <b>{sought}</b>　最新的在前，点开处理：", sought=sought)

    def orders_how(self) -> str:
        """Under the first page: what else can be looked for."""
        return self._say("找件：/orders 加编号、地方或几个字，例如 /orders 新茂社区 路灯")

    def orders_too_short(self) -> str:
        """Nothing that can be looked for."""
        return self._say("要找什么？写编号、地方，或者至少两个字，例如：/orders 路灯")

    def mine_found(self, words: str, count: int) -> str:
        """Above what a resident found among the own reports."""
        if not count:
            return self._say(
                "🔍 您的上报里没有找到“{words}”。可以写编号里的几位数，或者说过的两个字。", words=words[:40]
            )
        return self._say("🔍 您的上报里有“{words}”的：", words=words[:40])

    def order_line(self, case: Case, matter: str, now: datetime) -> str:
        """One line of a list: how urgent, which, what, where it stands (plain text)."""
        late = case.due_at is not None and case.due_at < now and not case.ended
        signs = "".join([SIGNS[case.colour], "⏰" if late else "", "🔒" if case.confidential else ""])
        status = self._say(STATUSES[case.status])
        said = self._say(
            "{raw_number} {raw_matter}·{raw_status}", raw_number=case.number, raw_matter=matter, raw_status=status
        )
        return f"{signs} {said}" if signs else said

    def orders_before(self) -> str:
        """Button."""
        return self._say("‹ 上一页")

    def orders_after(self) -> str:
        """Button."""
        return self._say("下一页 ›")

    def orders_book(self) -> str:
        """Button."""
        return self._say("📄 导出表格")

    def orders_comes(self) -> str:
        """Toast after asking for the workbook; it is sent privately."""
        return self._say("表格马上私聊发给您。")

    def orders_caption(self, view: str, words: str) -> str:
        """Under the workbook."""
        what = self.orders_list(view) if view in LISTS else self._say("查找结果")
        if not words:
            return self._say("📄 <b>{raw_list}</b>", raw_list=what)
        return self._say("📄 <b>{raw_list}</b>　{words}", raw_list=what, words=words)

    def order_sheet(self, view: str, words: str, day: date, *, whole: bool) -> dict[str, Any]:
        """Name, title, head and notes of the workbook (plain text)."""
        what = self.orders_list(view) if view in LISTS else self._say("查找结果")
        title = self._say("{raw_list}　{day}", raw_list=f"{what} {words}".strip(), day=day)
        notes = [self._say("号码、车牌、门牌、姓名已隐去；不含保密件，不含上报人的任何信息。")]
        if not whole:
            notes.append(self._say("太多了，只列出前面的。"))
        head = (
            self._say("编号"),
            self._say("事项"),
            self._say("级别"),
            self._say("状态"),
            self._say("单位"),
            self._say("地点"),
            self._say("情况"),
            self._say("收到"),
            self._say("派出"),
            self._say("签收"),
            self._say("首次联系"),
            self._say("办结期限"),
            self._say("报办结"),
            self._say("结案"),
            self._say("处置结果"),
        )
        widths = [14, 18, 8, 10, 18, 24, 40, *[16] * 7, 40]
        return {"name": f"{day:%Y%m%d}", "title": title, "head": head, "notes": notes, "widths": widths}

    def order_cells(self, case: Case, matter: str, unit: str, place: str, words: str, result: str) -> list[str]:
        """One line of the workbook; the words are masked already (plain text)."""
        moments = (
            case.registered_at,
            case.dispatched_at,
            case.accepted_at,
            case.contacted_at,
            case.due_at,
            case.resolved_at,
            case.closed_at,
        )
        return [
            case.number,
            matter,
            self._say(LEVEL_NAMES[case.level.value]),
            self._say(STATUSES[case.status]),
            unit,
            place,
            cut(words, 2000),
            *(f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" if at else "" for at in moments),
            cut(result, 2000),
        ]


LEVEL_NAMES = {"district": "一级", "town": "二级", "community": "三级"}
