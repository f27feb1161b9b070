"""回访: what a dispatcher reads and presses, and what the reporter is asked."""

from datetime import datetime

from bot.cases.case import Case
from bot.texts.language import Phrases, cut

WHYS = {"red": "红色件，件件要回访", "bad": "上报人评价不满意", "sample": "抽到的"}
STATES = {
    "reached": "✅ 已回访",
    "missed": "🚫 三次都没联系上，这次就到这里",
    "dropped": "🔁 已转重办，这次不用回访了",
}
SOLVED_SAID = {"yes": "解决了", "part": "解决了一部分", "no": "没解决"}


class RevisitingTexts:
    """Sentences of call-backs."""

    _say: Phrases

    def revisit_card(self, case: Case, matter: str, why: str, due: datetime, *, late: bool) -> str:
        """What is to be asked about, and until when."""
        lines = [
            self._say("☎️ <b>回访　{matter}</b>\n{number}", matter=matter, number=case.number),
            self._say(WHYS[why]),
            self._say("情况：{words}", words=cut(case.text, 600)) if case.text else "",
            self._say("处置结果：{result}", result=cut(case.result or "", 800)),
            self._say("⏰ 已过期，本该 {due} 前回访", due=due) if late else self._say("⏰ {due} 前回访", due=due),
        ]
        return "\n".join(line for line in lines if line)

    def revisit_how(self, phone: bool) -> str:
        """How the reporter may be asked."""
        if phone:
            return self._say("上报人同意接电话。打完点「已联系」；也可以让我去问。")
        return self._say("上报人只愿意通过我联系，点「让我去问」，对方点一点就答了。")

    def revisit_stand(self, state: str, tries: int, asked: bool) -> str:
        """Where it stands."""
        if state in STATES:
            return self._say(STATES[state])
        parts = [
            self._say("没联系上 {count} 次", count=tries) if tries else "",
            self._say("我已经问了，等对方回答") if asked else "",
        ]
        return self._say("；").join(part for part in parts if part)

    def revisit_heard(self, solved: str, satisfied: int | None, note: str) -> str:
        """What was said."""
        lines = [
            self._say("解决了吗：{raw_said}", raw_said=self._say(SOLVED_SAID[solved])) if solved else "",
            self._say("满意吗：{stars}", stars="⭐" * satisfied) if satisfied else "",
            self._say("备注：{words}", words=cut(note, 600)) if note else "",
        ]
        return "\n".join(line for line in lines if line)

    def revisit_solved(self, value: str) -> str:
        """Button: what the reporter says."""
        return self._say(SOLVED_SAID[value])

    def button_reached(self) -> str:
        """Button on the card."""
        return self._say("✅ 已联系")

    def button_missed(self) -> str:
        """Button on the card."""
        return self._say("🚫 未联系上")

    def button_by_bot(self) -> str:
        """Button on the card: the bot asks."""
        return self._say("💬 让我去问")

    def button_phone(self) -> str:
        """Button on the card: the number, which is written down."""
        return self._say("📞 看电话")

    def button_note(self) -> str:
        """Button on the card: words."""
        return self._say("📝 记几句")

    def give_note(self, number: str) -> str:
        """Asks for words about a call."""
        return self._say("写几句 {number} 回访时听到的，直接发给我就行。", number=number)

    def note_kept(self, number: str) -> str:
        """The words are kept."""
        return self._say("已记到 {number} 的回访里。", number=number)

    def revisit_asked(self) -> str:
        """A toast: the bot has asked."""
        return self._say("已去问了，对方一答您就看得到。")

    def revisits_none(self) -> str:
        """Nobody is to be asked."""
        return self._say("没有要回访的。")

    def revisits_list(self, late: int) -> str:
        """Above the list."""
        return self._say("要回访的，已过期的有 {count} 件：", count=late) if late else self._say("要回访的：")

    def revisit_line(self, number: str, matter: str, late: bool) -> str:
        """Button: one of the list (plain text)."""
        phrase = "⏰ {number} {matter}" if late else "{number} {matter}"
        return self._say(phrase, number=number, matter=matter)

    def revisits_more(self) -> str:
        """Button: the next page."""
        return self._say("下一页 ›")

    def revisit_question(self, number: str, matter: str) -> str:
        """To the reporter, through the bot."""
        return self._say(
            "您好，{number}（{matter}）已经办结，指挥中心想回访一下：<b>问题真的解决了吗？</b>",
            number=number,
            matter=matter,
        )

    def revisit_stars(self) -> str:
        """The second tap."""
        return self._say("对这次办理满意吗？")

    def revisit_thanks(self, number: str) -> str:
        """After the last tap."""
        return self._say("谢谢您，{number} 的回访记下了。", number=number)
