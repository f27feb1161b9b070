"""What is read when somebody writes too fast or files too much, and of 停报."""

from collections.abc import Sequence
from datetime import datetime

from bot.texts.language import Phrases

REASONS = {
    "abuse": "辱骂、威胁办事的人",
    "false": "多次编造",
    "flood": "反复刷屏",
    "adverts": "发广告",
}


class MutingTexts:
    """Sentences around flood and abuse."""

    _say: Phrases

    def too_fast(self) -> str:
        """Said once; after it everything is taken in without a word until it calms down."""
        return self._say("您发得太快了，我先不一条条回，都记着呢。歇一分钟，再点「接着说」。有危险，说一声我马上回。")

    def go_on_slowly(self) -> str:
        """Button under it."""
        return self._say("接着说")

    def pressed_too_fast(self) -> str:
        """Alert: presses come too fast; this one did nothing."""
        return self._say("点得太快了，这一下没有算数。歇一分钟再点。")

    def mute_button(self) -> str:
        """Button on the card of a case."""
        return self._say("🔇 停报")

    def mute_why(self, number: str, before: Sequence[str]) -> str:
        """Above the reasons; what was decided before."""
        said = [self._say("🔇 {number}：暂停这位上报人上报，为什么？谁也看不到是谁。", number=number)]
        return "\n".join([*said, *before])

    def mute_reason(self, reason: str) -> str:
        """A reason."""
        return self._say(REASONS[reason])

    def mute_days(self, reason: str) -> str:
        """Above the days."""
        return self._say("{raw_reason}。停多久？还要另一个人同意。", raw_reason=self.mute_reason(reason))

    def days_button(self, days: int) -> str:
        """Button."""
        return self._say("{days} 天", days=days)

    def mute_proposed(self) -> str:
        """After proposing."""
        return self._say("提议已发给其他研判员和管理员，有人同意才生效。")

    def mute_asked(self, number: str, reason: str, days: int, by: str) -> str:
        """The card of those who may agree."""
        why = self.mute_reason(reason)
        return self._say(
            "🔇 {by}提议：{number} 的上报人暂停上报 {days} 天\n原因：{raw_why}\n先看看这一件再定。",
            by=by,
            number=number,
            days=days,
            raw_why=why,
        )

    def mute_line(self, state: str, reason: str, by: str, until: datetime | None) -> str:
        """How it stands, who did it."""
        why = self.mute_reason(reason)
        if state == "agreed":
            return self._say("🔇 停到 {until}（{raw_why}），{by}同意", until=until, raw_why=why, by=by)
        if state == "lifted":
            return self._say("🔈 {by}解除了（{raw_why}）", by=by, raw_why=why)
        if state == "refused":
            return self._say("{by}没有同意（{raw_why}）", by=by, raw_why=why)
        return self._say("{by}提议停报（{raw_why}），等人同意", by=by, raw_why=why)

    def mute_of(self, number: str, line: str) -> str:
        """The card when it is decided."""
        return self._say("{number}　{raw_line}", number=number, raw_line=line)

    def mute_yes(self) -> str:
        """Button."""
        return self._say("同意停报")

    def mute_no(self) -> str:
        """Button."""
        return self._say("不同意停报")

    def mute_lift(self) -> str:
        """Button."""
        return self._say("🔈 解除停报")

    def mutes_running(self, lines: Sequence[str]) -> str:
        """/mutes: whose reports are not taken now, each by the number of the case it began at."""
        if not lines:
            return self._say("现在没有停报的。")
        return "\n".join([self._say("🔇 正在停报 {count} 个，到时自动恢复：", count=len(lines)), *lines])

    def mute_lift_of(self, number: str) -> str:
        """Button."""
        return self._say("🔈 解除 {raw_number}", raw_number=number)

    def mute_done(self) -> str:
        """Toast."""
        return self._say("好了。")

    def you_are_muted(self, reason: str, until: datetime) -> str:
        """The one concerned: why, until when, what still passes."""
        said = self._say("您的上报暂停到 {until}。原因：{raw_why}。", until=until, raw_why=self.mute_reason(reason))
        return f"{said}\n" + self._say("有危险的照样报，我马上收。觉得不对，点下面，换个人再看一遍。")

    def object_button(self) -> str:
        """Button."""
        return self._say("我觉得不对")

    def objected(self) -> str:
        """After it."""
        return self._say("转过去了，会有人再看一遍。")

    def you_are_heard_again(self) -> str:
        """It was ended early."""
        return self._say("可以照常上报了。有事随时找我。")

    def somebody_objects(self, number: str) -> str:
        """Those who may lift it."""
        return self._say("🔇 {number} 的上报人觉得停报不对，请再看一遍。", number=number)
