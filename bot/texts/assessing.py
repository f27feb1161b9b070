"""What is read of the quarter sheets of grid members: every number with its definition, appeals, silent grids."""

from collections.abc import Sequence
from datetime import datetime

from bot.cases.assessment import FAKE_COSTS, FEW, REPORTS_A_DAY, REPORTS_FOR_ALL, Facts, Line, Part, Sheet
from bot.texts.language import Phrases, cut

WORDS = 1500
NAMES = {
    Part.DAYS: "巡查日完成",
    Part.REPORTS: "有效上报",
    Part.QUALITY: "监督核查质量",
    Part.RESPONSE: "响应及时",
    Part.RATING: "居民评价",
    Part.TASKS: "宣传走访任务",
}
MEANINGS = {
    Part.DAYS: "该巡查的日子里，记了多少天",
    Part.REPORTS: "核查属实、不重复的上报，每天最多算 {a_day} 件，{all} 件满分",
    Part.QUALITY: "您核查通过的，30 天内没有反弹",
    Part.RESPONSE: "本网格要核查的，24 小时内核查",
    Part.RATING: "本网格居民的满意度，1 到 5 星",
    Part.TASKS: "交给本网格的走访任务，完成的户数",
}
FIGURES = {
    Part.DAYS: "{reached}/{base} 天",
    Part.REPORTS: "{reached} 件",
    Part.QUALITY: "{reached}/{base} 件",
    Part.RESPONSE: "{reached}/{base} 件",
    Part.RATING: "{count} 人评价",
    Part.TASKS: "{reached}/{base} 户",
}
NOTHING = {
    Part.DAYS: "没有要巡查的日子，不算分",
    Part.REPORTS: "",
    Part.QUALITY: "您核查的不足 {few} 件，不算分",
    Part.RESPONSE: "要核查的不足 {few} 件，不算分",
    Part.RATING: "评价的居民不足 {few} 人，不算分",
    Part.TASKS: "没有走访任务，不算分",
}


class AssessmentTexts:
    """Sentences about quarter sheets."""

    _say: Phrases

    def listed(self, names: Sequence[str]) -> str:
        """Names one after the other."""
        return self._say("、").join(names)

    def _season(self, quarter: str) -> str:
        """2026Q4 as it is read."""
        return self._say("{year}年第{part}季度", year=quarter[:4], part=quarter[-1])

    def sheet(self, quarter: str, places: Sequence[str], facts: Facts, sheet: Sheet, *, final: bool) -> str:
        """The sheet of a grid member, for its owner: each number with what it means."""
        title = "📊 <b>{quarter} 考核单</b>　{places}" if final else "📊 <b>{quarter} 到现在</b>　{places}"
        head = self._say(title, quarter=self._season(quarter), places=self.listed(places))
        score = (
            self._say("总分 <b>{score}</b>（满分 100）", score=sheet.score)
            if sheet.score is not None
            else self._say("还没有可以算分的内容。")
        )
        lines = [self._line(line, facts) for line in sheet.lines]
        taken = self._say("➖ 查实虚假上报 {count} 件，扣 {points} 分", count=facts.fakes, points=sheet.taken)
        added = self._say("➕ 申诉后加 {points} 分", points=sheet.added)
        note = self._say("没有内容可算的项不算分，其余各项按比例折成 100 分。保密的上报一律不计。")
        more = [taken] * bool(sheet.taken) + [added] * bool(sheet.added)
        return "\n".join([head, score, "", *lines, *more, "", note])

    def _line(self, line: Line, facts: Facts) -> str:
        name = self._say(NAMES[line.part])
        if line.points is None:
            why = self._say(NOTHING[line.part], few=FEW)
            return self._say("▫️ <b>{raw_name}</b>　–/{most}\n　{raw_why}", raw_name=name, most=line.most, raw_why=why)
        figure = self._say(FIGURES[line.part], reached=line.reached, base=line.base, count=facts.ratings)
        if line.part is Part.REPORTS and line.reached < FEW:
            figure = self._say("不足 {few} 件", few=FEW)
        return self._say(
            "▪️ <b>{raw_name}</b>　{points}/{most}\n　{raw_why}：{raw_figure}",
            raw_name=name,
            points=line.points,
            most=line.most,
            raw_why=self._meaning(line.part),
            raw_figure=figure,
        )

    def _meaning(self, part: Part) -> str:
        return self._say(MEANINGS[part], a_day=REPORTS_A_DAY, all=REPORTS_FOR_ALL)

    def sheet_ready(self, quarter: str, until: datetime) -> str:
        """The quarter is over."""
        return self._say(
            "📊 您 {quarter} 的考核单出来了。有不对的地方，{until} 前可以申诉。",
            quarter=self._season(quarter),
            until=until,
        )

    def sheet_see(self) -> str:
        """Button."""
        return self._say("📊 看考核单")

    def sheet_now(self) -> str:
        """Button."""
        return self._say("本季度到现在")

    def sheet_appeal(self) -> str:
        """Button."""
        return self._say("✋ 申诉")

    def appeal_until(self, until: datetime) -> str:
        """Under a sheet while an appeal is open."""
        return self._say("有不对的地方，{until} 前点「申诉」。", until=until)

    def appeal_made(self) -> str:
        """Under a sheet that was appealed against."""
        return self._say("您已经申诉过，结果会发给您。")

    def ask_appeal(self) -> str:
        """Asks what is wrong."""
        return self._say("哪一项不对？请打字说说情况。")

    def appeal_sent(self) -> str:
        """The appeal is kept."""
        return self._say("申诉收到了，研判员会看，结果发给您。")

    def appeal_card(self, name: str, quarter: str, score: float | None, words: str) -> str:
        """An appeal, for a dispatcher."""
        return self._say(
            "✋ <b>{name}</b> 对 {quarter} 考核单（{score} 分）申诉：\n{words}",
            name=name,
            quarter=self._season(quarter),
            score="–" if score is None else score,
            words=cut(words, WORDS),
        )

    def appeal_grant(self, points: int) -> str:
        """Button."""
        return self._say("同意，加 {raw_points} 分", raw_points=points)

    def appeal_refuse(self) -> str:
        """Button."""
        return self._say("不同意")

    def ask_reason(self) -> str:
        """Asks the dispatcher for the reason."""
        return self._say("请打字说明理由，会发给申诉的人。")

    def judged_appeal(self) -> str:
        """The decision is kept."""
        return self._say("记下了，已告诉申诉的人。")

    def appeal_decided(self, quarter: str, points: int, reason: str) -> str:
        """What became of the appeal."""
        facts = {"quarter": self._season(quarter), "points": points, "reason": cut(reason, WORDS)}
        if points:
            return self._say("✅ {quarter} 考核单的申诉同意了，加 {points} 分。理由：{reason}", **facts)
        return self._say("{quarter} 考核单的申诉没有同意。理由：{reason}", **facts)

    def fake_how(self) -> str:
        """/fake without a number or a reason."""
        return self._say("请这样写：/fake 261125-001 查实的情况")

    def fake_marked(self, number: str) -> str:
        """A report was marked as invented."""
        return self._say("{number} 已记为查实的虚假上报。", number=number)

    def silent_grid(self, place: str, days: int) -> str:
        """A grid from which nothing has come."""
        return self._say("🔇 {place} 已经 {days} 天没有一件上报。请问问网格员是不是一切都好。", place=place, days=days)

    def assessment_title(self, quarter: str, place: str) -> str:
        """Above the sheet of a town (plain text)."""
        return self._say("{raw_quarter} 网格员考核　{raw_place}", raw_quarter=self._season(quarter), raw_place=place)

    def assessment_head(self) -> list[str]:
        """The head of it (plain text)."""
        parts = [self._say(name) for name in NAMES.values()]
        end = [self._say("扣分"), self._say("申诉加分"), self._say("总分")]
        return [self._say("姓名"), self._say("网格"), *parts, *end]

    def assessment_row(self, name: str, places: str, sheet: Sheet) -> list[str | float]:
        """One grid member: points of each part, – where there is nothing to judge by."""
        points = ["–" if line.points is None else line.points for line in sheet.lines]
        return [name, places, *points, sheet.taken, sheet.added, "–" if sheet.score is None else sheet.score]

    def assessment_notes(self) -> list[str]:
        """Below it (plain text): what each number means."""
        meanings = [
            self._say("{raw_name}：{raw_why}", raw_name=self._say(NAMES[part]), raw_why=self._meaning(part))
            for part in Part
        ]
        costs = self._say("查实的虚假上报每件扣 {points} 分。", points=FAKE_COSTS)
        few = self._say("不足 {few} 件、{few} 人的不算分也不显示；保密的上报一律不计；按网格排列，不排名。", few=FEW)
        return [*meanings, costs, few]

    def coverage_title(self, place: str) -> str:
        """Above the matrix (plain text)."""
        return self._say("人民吹哨员覆盖　{raw_place}", raw_place=place)

    def coverage_name(self) -> str:
        """Name of its sheet (plain text)."""
        return self._say("吹哨员覆盖")

    def coverage_head(self, kinds: Sequence[str]) -> list[str]:
        """Its head (plain text)."""
        return [self._say("村社区"), *kinds, self._say("缺少")]

    def coverage_row(self, name: str, counts: Sequence[int], missing: Sequence[str]) -> list[str | int]:
        """One community (plain text)."""
        return [name, *counts, self.listed(missing)]
