"""What is read of the figures: each number with its definition, no rate of too few, nothing of what is confidential."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.cases.figures import FEW, Figures, part
from bot.texts.language import Phrases

PERIODS = {
    "week": "本周",
    "month": "本月",
    "quarter": "本季",
    "last_month": "上月",
    "last_quarter": "上季",
    "year": "今年",
}
PARTS = {"places": "地方", "units": "单位", "matters": "事项"}


class StatsTexts:
    """Sentences of /stats."""

    _say: Phrases

    def stats_period(self, period: str) -> str:
        """What a period is called."""
        return self._say(PERIODS[period])

    def stats_period_button(self, period: str, *, here: bool) -> str:
        """Button of a period."""
        words = self.stats_period(period)
        return self._say("● {raw_words}", raw_words=words) if here else words

    def stats_how(self, words: str) -> str:
        """What came behind /stats was not understood."""
        return self._say(
            "没看懂“{words}”。可以发：/stats、/stats 本月、/stats 新茂社区、/stats xlsx（表格）。也可以点下面的按钮：",
            words=words,
        )

    def stats_span(self, first: date, last: date) -> str:
        """From which day to which (plain text)."""
        return self._say("{first} 到 {last}", first=first, last=last)

    def stats(
        self,
        name: str,
        period: str,
        first: date,
        last: date,
        one: Figures,
        sealed: int | None,
        *,
        of_unit: bool,
        asked: int = 0,
        thanked: int = 0,
        on_books: int = 0,
    ) -> str:
        """The numbers of a place or unit, each with what it means."""
        head = self._say(
            "📊 <b>{name}</b>　{raw_period}（{raw_span}）",
            name=name,
            raw_period=self.stats_period(period),
            raw_span=self.stats_span(first, last),
        )
        said = [head]
        if not of_unit:
            said.append(self._say("收到：{count} 件", count=one.filed))
            if asked or thanked:
                said.append(self._say("另有咨询 {asked} 件、表扬 {thanked} 件", asked=asked, thanked=thanked))
        said += [
            self._say("派给单位：{count} 次　退单：{returned} 次", count=one.sent, returned=one.returned),
            self._say("结案：{count} 件　重办：{again} 件", count=one.closed, again=one.reopened),
            self._say("返工：{count} 次", count=one.reworked),
            self._say(
                "挂账：新挂 {shelved} 件，现在还挂着 {count} 件（批准暂缓、到期复查的）",
                shelved=one.shelved,
                count=on_books,
            ),
            *self._rates(one),
        ]
        if sealed is not None:
            said.append(self._sealed(sealed))
        return "\n".join([*said, self._say("不含保密件，最多晚一分钟。")])

    def _rates(self, one: Figures) -> list[str]:
        contacts = self._rate(
            "响应率：{rate}（到了首次联系时限的 {base} 次里，按时联系 {reached} 次）", one.contacted, one.contact_due
        )
        in_time = self._rate("按期办结率：{rate}（报办结 {base} 次，按期 {reached} 次）", one.in_time, one.resolved)
        first = self._rate(
            "一次派准率：{rate}（第一次派出 {base} 件，没有改派 {reached} 件）",
            one.first_sent - one.misdirected,
            one.first_sent,
        )
        rework = self._rate("返工率：{rate}（报办结 {base} 次，没通过 {reached} 次）", one.reworked, one.resolved)
        visits = self._rate(
            "回访覆盖率：{rate}（到期该回访 {base} 件，已回访 {reached} 件；红色件全部、其余抽一成）",
            one.revisited,
            one.revisit_due,
        )
        work = [contacts, in_time, first, rework, visits]
        left_out = self._say("不计入解决率、满意率：{count} 件（违法、不合理，两人认定）", count=one.excluded)
        besides = [left_out] if one.excluded else []
        if one.rated < FEW:
            few = self._say("解决率、满意率：评价的不足 {few} 人，不算", few=FEW)
            return [*work, few, *besides]
        solved = self._say(
            "解决率：{rate}（{count} 人评价，“部分解决”算一半）",
            rate=self._percent(one.solved_halves, 2 * one.rated),
            count=one.rated,
        )
        satisfied = self._say(
            "满意率：{rate}（{count} 人评价，4 星和 5 星 {reached} 人）",
            rate=self._percent(one.satisfied, one.rated),
            count=one.rated,
            reached=one.satisfied,
        )
        return [*work, solved, satisfied, *besides]

    def _rate(self, phrase: str, reached: int, base: int) -> str:
        return self._say(phrase, rate=self._percent(reached, base), base=base, reached=reached)

    def _percent(self, reached: int, base: int) -> str:
        rate = part(reached, base)
        return "—" if rate is None else f"{rate}%"

    def _sealed(self, count: int) -> str:
        if count < FEW:
            return self._say("🔒 保密件：不足 {few} 件，不显示", few=FEW)
        return self._say("🔒 保密件：另收到 {count} 件以上（5 件一档）", count=count)

    def stats_choose(self) -> str:
        """Somebody may look at several."""
        return self._say("看哪里的？")

    def stats_units(self) -> str:
        """Button."""
        return self._say("🏢 看单位")

    def stats_draw_units(self) -> str:
        """Button."""
        return self._say("🖼 单位图")

    def stats_draw(self) -> str:
        """Button."""
        return self._say("🖼 看图")

    def stats_book(self) -> str:
        """Button."""
        return self._say("📄 表格")

    def stats_matters(self, name: str, first: date, last: date, rows: Sequence[tuple[str, Figures]]) -> str:
        """What it was about, the most frequent first, each with its numbers."""
        head = self._say("🏷 <b>{name}</b>　按事项（{raw_span}）", name=name, raw_span=self.stats_span(first, last))
        lines = [
            self._say(
                "{matter}：收到 {filed}，派出 {sent}，结案 {closed}，按期 {rate}，退单 {returned}，返工 {reworked}",
                matter=matter,
                filed=one.filed,
                sent=one.sent,
                closed=one.closed,
                rate=self._percent(one.in_time, one.resolved),
                returned=one.returned,
                reworked=one.reworked,
            )
            for matter, one in rows
        ]
        return "\n".join([head, *(lines or [self._say("这段时间没有。")])])

    def stats_by_matter(self) -> str:
        """Button."""
        return self._say("🏷 看事项")

    def stats_draw_matters(self) -> str:
        """Button."""
        return self._say("🖼 事项图")

    def stats_up(self) -> str:
        """Button."""
        return self._say("‹ 上一级")

    def stats_comes(self) -> str:
        """Toast after asking for the picture or workbook."""
        return self._say("马上发给您。")

    def stats_caption(self, name: str, first: date, last: date) -> str:
        """Under the picture or workbook."""
        return self._say("📊 <b>{name}</b>　{raw_span}", name=name, raw_span=self.stats_span(first, last))

    def stats_picture(
        self, name: str, first: date, last: date, one: Figures, on_books: int, *, by_unit: bool
    ) -> dict[str, Any]:
        """The words on the picture (plain text)."""
        whole = self._say("派给单位") if by_unit else self._say("收到")
        return {
            "title": self._say("{raw_name} 办件情况", raw_name=name),
            "span": self.stats_span(first, last),
            "legend": [whole, self._say("结案")],
            "note": self._say(
                "右边：件数、结案数、按期办结率。合计：现在挂账 {count} 件，回访覆盖率 {rate}。不含保密件。",
                count=on_books,
                rate=self._percent(one.revisited, one.revisit_due),
            ),
        }

    def stats_bar(self, name: str, one: Figures, *, by_unit: bool) -> tuple[str, int, int, str]:
        """One row of the picture: name, the two bars, and the numbers behind them (plain text)."""
        whole = one.sent if by_unit else one.filed
        return name, whole, one.closed, f"{whole} / {one.closed} / {self._percent(one.in_time, one.resolved)}"

    def stats_meanings(self) -> dict[str, Any]:
        """The sheet that says how each number is reckoned (plain text)."""
        rows = (
            (self._say("收到"), self._say("上报的件；咨询、表扬另计")),
            (self._say("响应率"), self._say("按时首次联系 ÷ 到了首次联系时限的派单；退回、改派、撤回的不算")),
            (self._say("按期办结率"), self._say("期限内报办结 ÷ 报办结")),
            (self._say("一次派准率"), self._say("第一次派出后没有改派 ÷ 第一次派出")),
            (self._say("返工率"), self._say("核查没通过 ÷ 报办结")),
            (self._say("退单率"), self._say("退单 ÷ 派给单位")),
            (self._say("重办率"), self._say("重办 ÷ 结案")),
            (self._say("解决率"), self._say("（解决 + 部分解决的一半）÷ 评价人数")),
            (self._say("满意率"), self._say("4、5 星 ÷ 评价人数")),
            (self._say("回访覆盖率"), self._say("已回访 ÷ 到期该回访：红色件全部，其余抽一成；评价不满意的另外回访")),
            (self._say("挂账"), self._say("这段时间批准挂账的次数")),
            (self._say("现在挂账"), self._say("做表时还挂着的件；一时办不了，批准暂缓，到期复查")),
            (
                self._say("不计入"),
                self._say(
                    "不予受理、告知法定途径的评价，和两人认定违法、不合理的，另列，不算解决率和满意率；挂账期内没有评价"
                ),
            ),
            (self._say("保密件"), self._say("不在任何数里；评价不足 5 人的不算")),
        )
        head = (self._say("名称"), self._say("怎么算"))
        title = self._say("每个数怎么算")
        return {"name": title, "title": title, "head": head, "rows": [list(row) for row in rows], "widths": [16, 80]}

    def stats_workbook(self, part: str, name: str, first: date, last: date) -> dict[str, Any]:
        """Name, title and head of a sheet of the workbook (plain text)."""
        head = (
            self._say("名称"),
            self._say("收到"),
            self._say("派给单位"),
            self._say("退单"),
            self._say("报办结"),
            self._say("按期办结"),
            self._say("按期办结率"),
            self._say("响应率"),
            self._say("结案"),
            self._say("重办"),
            self._say("评价人数"),
            self._say("解决率"),
            self._say("满意率"),
            self._say("第一次派出"),
            self._say("一次派准率"),
            self._say("返工"),
            self._say("返工率"),
            self._say("退单率"),
            self._say("重办率"),
            self._say("挂账"),
            self._say("不计入的评价"),
            self._say("违法、不合理"),
            self._say("现在挂账"),
            self._say("到期该回访"),
            self._say("已回访"),
            self._say("回访覆盖率"),
        )
        title = self._say("{raw_name} 办件情况　{raw_span}", raw_name=name, raw_span=self.stats_span(first, last))
        sheet = f"{self._say(PARTS[part])} {first:%Y%m%d}-{last:%Y%m%d}"
        return {"name": sheet, "title": title, "head": head, "widths": [24, *[11] * (len(head) - 1)]}

    def stats_cells(self, one: Figures, on_books: int) -> list[int | str]:
        """One line of the workbook behind the name."""
        enough = one.rated >= FEW
        return [
            one.filed,
            one.sent,
            one.returned,
            one.resolved,
            one.in_time,
            self._percent(one.in_time, one.resolved),
            self._percent(one.contacted, one.contact_due),
            one.closed,
            one.reopened,
            one.rated if enough else self._say("不足 {few}", few=FEW),
            self._percent(one.solved_halves, 2 * one.rated) if enough else "—",
            self._percent(one.satisfied, one.rated) if enough else "—",
            one.first_sent,
            self._percent(one.first_sent - one.misdirected, one.first_sent),
            one.reworked,
            self._percent(one.reworked, one.resolved),
            self._percent(one.returned, one.sent),
            self._percent(one.reopened, one.closed),
            one.shelved,
            one.set_aside,
            one.excluded,
            on_books,
            one.revisit_due,
            one.revisited,
            self._percent(one.revisited, one.revisit_due),
        ]
