"""What is said while somebody tells of danger: to them, to the centre and to the duty people."""

from collections.abc import Sequence
from datetime import datetime

from bot.texts.language import Phrases, cut

WORDS = 1500
"""UTF-16 units of what was said that stand on the card."""

ABOUT = 60

HEADS = {
    "open": "🚨 <b>险情，正在说，还没提交</b>　{matter}",
    "calm": "🟢 <b>上报人说没有危险了</b>　{matter}",
    "over": "↩️ <b>上报人撤了，没提交</b>　{matter}",
}
NOTES = {
    "taken_back": "↩️ 上报人说真的没事了，撤了：{about}",
    "calm": "🟢 上报人说没有危险了：{about}",
    "no": "❗ <b>电话没打通</b>（{numbers}）：{about}\n请马上替他联系，或直接派人过去。",
    "safe": "🟢 上报人说现在没事了：{about}",
    "hidden": "🤫 <b>对方不能出声</b>：{about}\n别打电话，只打字；请直接派人过去。",
    "mute": "🔇 <b>对方打不了电话</b>：{about}\n只能打字联系；请直接派人过去。",
}
HUSHED = {
    "hidden": "🤫 <b>对方不能出声</b>，别打电话，只打字",
    "mute": "🔇 <b>对方打不了电话</b>，只能打字联系",
}
THROUGH = {"yes": "📞 电话打通了", "no": "❗ 电话没打通", "safe": "🟢 上报人说没事了"}


class CryingTexts:
    """Sentences around danger that is being told."""

    _say: Phrases

    def cry_head(self, state: str, joined: str, matter: str) -> str:
        """The first line of the card."""
        if joined:
            return self._say("➕ <b>已并入 {number}</b>　{matter}", number=joined, matter=matter)
        return self._say(HEADS[state], matter=matter)

    def cry_lines(
        self, words: str, place: str, *, files: int, numbers: Sequence[str], through: str | None, hush: str = ""
    ) -> list[str]:
        """What was said so far, the place if it is known, and whether help was called."""
        told = self._say("情况：{words}", words=cut(words, WORDS)) if words else self._say("情况：还没有文字")
        where = self._say("地点：{place}", place=place) if place else self._say("地点：还不知道")
        sent = [self._say("📎 照片、语音等 {count} 个，提交后发来", count=files)] if files else []
        called = (
            self._say(THROUGH[through]) if through else self._say("已请对方先打 {numbers}", numbers="、".join(numbers))
        )
        return [told, where, *sent, self._say(HUSHED[hush]) if hush else called]

    def cry_times(self, first: datetime, last: datetime) -> str:
        """When the first word came, and the last news."""
        return self._say("{first} 听到，{last} 更新", first=first, last=last)

    def cry_secret(self) -> str:
        """What a group reads of it once it is confidential."""
        return self._say("🔒 这一条转为保密，详情只私下发给值班的人。")

    def cry_filed(self, number: str, matter: str) -> str:
        """It is a case, and its card is another message."""
        return self._say("✅ 这条险情已提交：<b>{number}</b>　{matter}", number=number, matter=matter)

    def cry_note(self, what: str, about: str, numbers: Sequence[str]) -> str:
        """A line that rings."""
        return self._say(
            NOTES[what], about=cut(about, ABOUT), **({"numbers": "、".join(numbers)} if what == "no" else {})
        )

    def cry_submitted(self, number: str) -> str:
        """To who told of it and said no more."""
        return self._say(
            "您没再说话，我先按您说的报上去了，编号 <b>{number}</b>。\n要补充随时发给我；没事了，也跟我说一声。",
            number=number,
        )

    def ask_through(self, numbers: Sequence[str]) -> str:
        """A minute after the numbers."""
        return self._say("{numbers} 打通了吗？", numbers=self._say("、").join(numbers))

    def through_yes(self) -> str:
        """Button."""
        return self._say("📞 打通了")

    def through_no(self) -> str:
        """Button."""
        return self._say("❗ 没打通")

    def through_safe(self) -> str:
        """Button."""
        return self._say("没事了")

    def good_through(self) -> str:
        """The call got through."""
        return self._say("好。听电话里的，人先到安全的地方。还有什么，接着跟我说。")

    def not_through(self, number: str) -> str:
        """It did not: somebody is told at once, and there is another number."""
        return self._say(
            "我已经急告值班的人，会有人联系您或直接过去。\n再打这个：☎️ <code>{number}</code>", number=number
        )

    def glad_safe(self) -> str:
        """There is no danger any more, and it is a case: who deals with it is told."""
        return self._say("没事就好。我跟办的人说一声，他们还会来看看。")

    def really_fine(self) -> str:
        """Before a report with danger is dropped."""
        return self._say("真的没事了吗？还有危险，就别撤。")

    def fine_yes(self) -> str:
        """Button."""
        return self._say("真的没事了，不报了")

    def fine_no(self) -> str:
        """Button."""
        return self._say("还有危险，接着报")

    def no_danger_noted(self) -> str:
        """Words that took the danger back."""
        return self._say("没有危险就好，我记下了，也告诉了值班的人。")

    def what_danger(self) -> str:
        """Somebody asks what danger is meant."""
        return self._say("就是：还在烧、还在漏、有人受伤、可能再出事这些。")

    def ask_of_cry(self) -> str:
        """Somebody cried out and told nothing yet."""
        return self._say(
            "我在，您别急。\n有急事先打：<code>110</code> · <code>119</code> · <code>120</code>\n\n现在有危险吗？"
        )

    def danger_unsure(self) -> str:
        """Button."""
        return self._say("说不清")

    def told_duty(self) -> str:
        """Under the advice, when danger was told while something else was asked: it was passed on."""
        return self._say("您这句话我已经转给值班的人了。真有险情，点下面报上去；没有就点「没有危险」。")

    def no_danger_here(self) -> str:
        """Button under the advice."""
        return self._say("没有危险")

    def danger_in_group(self) -> str:
        """Danger was told in a group."""
        return self._say("这件事我已经转给值班的人。请私下跟我说地方和情况。")
