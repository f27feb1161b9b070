"""What is read and pressed while a case is decided: grade, matter, questions, merging, the order."""

from collections.abc import Sequence
from datetime import datetime

from bot.cases.case import Case, Colour, Level
from bot.texts.language import Phrases, cut
from bot.texts.unit import COLOURS, LEVELS

CANNOT_MERGE = {
    "itself": "不能并到自己。",
    "no_case": "没有找到这个编号，请核对。",
    "over": "那一件已经办完或不办了，不能再并进去。",
    "merged": "那一件自己已经并到别的里面了，请并到它的主件。",
    "has_children": "这一件里已经并了别的事，请把那一件并到这一件来。",
    "secret": "保密件和公开件不能并在一起。",
    "above": "那一件是一级，由区指挥中心来并。",
    "graver": "这一件更急。请先把那一件提到同样的颜色，再并进去。",
}


class TriagingTexts:
    """Sentences of triage."""

    _say: Phrases

    def grade_words(self, level: Level, colour: Colour) -> str:
        """A level and colour in short."""
        return " ".join(part for part in (self._say(LEVELS[level]), self._say(COLOURS[colour])) if part)

    def level_name(self, level: Level) -> str:
        """Button: a level."""
        return self._say(LEVELS[level])

    def colour_name(self, colour: Colour) -> str:
        """Button: a colour, or none."""
        return self._say(COLOURS[colour]) if COLOURS[colour] else self._say("⚪ 无色")

    def give_grade(self, number: str) -> str:
        """Asks for the reason of another grade."""
        return self._say("请回复这条消息，写 {number} 为什么要改定级。", number=number)

    def graded(self, number: str) -> str:
        """It is booked, or waits for a second one."""
        return self._say("{number} 的定级意见记下了，结果看卡片。", number=number)

    def grade_asked(self, number: str, matter: str, now: str, wanted: str, reason: str, name: str) -> str:
        """Asks the other dispatchers."""
        return self._say(
            "⬇️ <b>{number}</b> {matter}\n{name}提议降级：{raw_now} → {raw_wanted}\n"
            "理由：{reason}\n要另一位研判员同意才算。",
            number=number,
            matter=matter,
            name=name,
            raw_now=now,
            raw_wanted=wanted,
            reason=cut(reason, 800),
        )

    def grade_decided(self, number: str, wanted: str, agreed: bool, name: str) -> str:
        """The same when it is decided."""
        if agreed:
            return self._say(
                "⬇️ <b>{number}</b> 降为{raw_wanted}，{name}同意。", number=number, raw_wanted=wanted, name=name
            )
        return self._say("⬇️ <b>{number}</b> 不降级，{name}没同意。", number=number, name=name)

    def grade_over(self, number: str, wanted: str) -> str:
        """The same when the case has another grade by now."""
        return self._say(
            "⬇️ <b>{number}</b> 提议降为{raw_wanted}之后，定级又变过，这条提议作废。还要降，请重新提。",
            number=number,
            raw_wanted=wanted,
        )

    def grade_yes(self) -> str:
        """Button."""
        return self._say("✅ 同意降级")

    def grade_no(self) -> str:
        """Button."""
        return self._say("❌ 不降级")

    def grade_done(self) -> str:
        """Toast."""
        return self._say("记下了。")

    def renamed_note(self, before: str, after: str) -> str:
        """A line of history (plain words)."""
        return self._say("{raw_before} → {raw_after}", raw_before=before, raw_after=after)

    def renamed(self, number: str, matter: str) -> str:
        """Toast (plain text)."""
        return self._say("{raw_number} 已改为“{raw_matter}”。", raw_number=number, raw_matter=matter)

    def renamed_secret(self, number: str) -> str:
        """Toast (plain text): it became confidential."""
        return self._say(
            "{raw_number} 已转为保密件，群里的卡片已换掉。群里发过的照片、抄送请您手动删除。", raw_number=number
        )

    def change_to(self, matter: str) -> str:
        """Button: the matter that the words sound like."""
        return self._say("🔁 改为“{raw_matter}”", raw_matter=cut(matter, 24))

    def sounds_like(self, matter: str, grade: str) -> str:
        """On the triage card: the words tell of another matter."""
        return self._say("💡 按描述更像：<b>{matter}</b>（{raw_grade}）", matter=matter, raw_grade=grade)

    def alike(self, lines: Sequence[str]) -> str:
        """On the triage card: open cases that may be the same."""
        head = self._say("🔗 附近同类的事：")
        return "\n".join([head, *lines])

    def alike_line(self, case: Case, matter: str, status: str, away: int | None) -> str:
        """One of them, as a line of the card."""
        if away is None:
            return self._say("· {number} {matter}，{raw_status}", number=case.number, matter=matter, raw_status=status)
        return self._say(
            "· {number} {matter}，{raw_status}，约{away}米",
            number=case.number,
            matter=matter,
            raw_status=status,
            away=away,
        )

    def conflict(self, unit: str) -> str:
        """On the triage card: the report names the unit that would get it."""
        return self._say("⚠️ 情况里提到了“{unit}”。反映的要是它，请派给别的单位或上一级。", unit=unit)

    def clarify(self, number: str, question: str, more: int) -> str:
        """Asks the reporter, before anybody is sent."""
        said = self._say(
            "关于您反映的 <b>{number}</b>，想再问您一句：\n{question}\n"
            "点「回答」，或直接回复这条消息，文字、照片、语音、位置都行。",
            number=number,
            question=question,
        )
        rest = self._say("（后面还有 {count} 个问题）", count=more) if more else ""
        return f"{said}\n{rest}" if rest else said

    def next_question(self, question: str) -> str:
        """The question after an answer."""
        return self._say("记下了。再问您一句：\n{question}", question=question)

    def enough(self) -> str:
        """Button: no more answers."""
        return self._say("就这些，不答了")

    def all_answered(self, number: str) -> str:
        """After the last answer."""
        return self._say("谢谢您，{number} 接着安排，有进展我告诉您。", number=number)

    def answered_line(self, question: str, words: str) -> str:
        """A question and its answer, below the story (plain words)."""
        return self._say("【问】{raw_question}【答】{raw_words}", raw_question=question, raw_words=words)

    def triage_goes_on(self, number: str) -> str:
        """Toast: triage goes on without the answer (plain text)."""
        return self._say("{raw_number} 不等了，接着研判。", raw_number=number)

    def copy_to_department(self, case: Case, matter: str, words: str, unit: str | None) -> str:
        """To the district's department: a red or yellow case that another unit deals with."""
        lines = [
            self._say(
                "📣 抄送　<b>{matter}</b>\n{number}　{raw_grade}",
                matter=matter,
                number=case.number,
                raw_grade=self.grade_words(case.level, case.colour),
            ),
            self._say("情况：{words}", words=cut(words, 500)) if words else "",
            self._say("地点：{place}", place=case.place) if case.place else "",
            self._say("现在由{unit}办理。", unit=unit) if unit else self._say("指挥中心正在研判。"),
            self._say("请先做好准备；要您办的话，会另发办理卡片。"),
        ]
        return "\n".join(line for line in lines if line)

    def criterion(self, words: str) -> str:
        """On cards: when it is done."""
        return self._say("🎯 办结标准：{words}", words=cut(words, 300))

    def criterion_of(self, colour: Colour, words: str) -> str:
        """The usual standard of a matter (plain words); of what is red the danger comes first."""
        usual = words or self._say("问题解决，有现场照片，已告知上报人")
        return self._say("险情排除、人员安全；{raw_usual}", raw_usual=usual) if colour is Colour.RED else usual

    def give_criterion(self, number: str) -> str:
        """Asks for an own standard."""
        return self._say("请回复这条消息，写 {number} 办到什么样才算办结。责任单位和核查的人都会看到。", number=number)

    def criterion_kept(self, number: str) -> str:
        """It is kept."""
        return self._say("{number} 的办结标准已写上。", number=number)

    def give_hurry(self, number: str) -> str:
        """Asks for an earlier day."""
        return self._say(
            "请回复这条消息，写 {number} 要在什么时候以前办结，比如“明天中午”“11月30日17:00”。", number=number
        )

    def hurry_kept(self, number: str) -> str:
        """It is kept."""
        return self._say("{number} 的时限已提前，上报人和责任单位会看到新的时间。", number=number)

    def give_parent(self, number: str) -> str:
        """Asks which case it belongs to."""
        return self._say("请回复这条消息，写要把 {number} 并到哪一件的编号。", number=number)

    def merged(self, number: str) -> str:
        """It is done."""
        return self._say("{number} 已并案，它的上报人会收到主件的进展和结果。", number=number)

    def merged_toast(self, number: str, parent: str) -> str:
        """Toast (plain text)."""
        return self._say("{raw_number} 已并入 {raw_parent}。", raw_number=number, raw_parent=parent)

    def waits_for_reporter(self, until: datetime) -> str:
        """On the card of a case that waits for an answer."""
        return self._say("⌛ 等上报人补充，最多等到 {at}", at=until)

    def merged_into(self, parent: str) -> str:
        """On the card of a merged case."""
        return self._say("🔗 已并入 {parent}", parent=parent)

    def by_number(self) -> str:
        """Button: name the other case by its number."""
        return self._say("✏️ 写编号")

    def split_toast(self, number: str) -> str:
        """Toast (plain text)."""
        return self._say("{raw_number} 已拆出，回到研判。", raw_number=number)

    def cannot_merge(self, what: str) -> str:
        """Why two cases stay two (plain text)."""
        return self._say(CANNOT_MERGE[what])
