"""What is read of requests to the centre: who asks for what, and the answer with its reason."""

from bot.cases.actions import Role
from bot.texts.language import Phrases, cut

WANTED = {
    "ask_level_up": "升级",
    "ask_joint": "协同",
    "ask_shelving": "挂账",
    "ask_reassign": "改派",
    "exclude": "不计入满意率",
}
GRANTS = {
    "ask_level_up": "✅ 同意，升到上一级",
    "ask_joint": "✅ 同意，去吹哨",
    "ask_shelving": "✅ 同意，挂账",
    "ask_reassign": "✅ 同意，选单位",
    "exclude": "✅ 同意，不计入",
}


class RequestingTexts:
    """Sentences around what units and grid members ask for."""

    _say: Phrases

    def asked_by(self, role: str, name: str) -> str:
        """Who asks, where it is no unit (not escaped)."""
        if role == Role.GRID_MEMBER or role == Role.SUPERVISOR:
            return self._say("网格员{raw_name}", raw_name=name)
        return self._say("研判员{raw_name}", raw_name=name)

    def request(self, asks: str, number: str, who: str, words: str, value: str = "") -> str:
        """To the dispatchers: who asks for what, and why."""
        phrase = {
            "ask_level_up": "⬆️ <b>{number}</b> {who}申请升级：{words}",
            "ask_joint": "📣 <b>{number}</b> {who}申请吹哨协同：{words}",
            "ask_shelving": "🗄 <b>{number}</b> {who}建议挂账：{words}",
            "ask_reassign": "↪️ <b>{number}</b> {who}说不归现在的单位，建议改派：{words}",
            "exclude": "🧮 <b>{number}</b> {who}提议不计满意率、解决率（{ground}）：{words}\n要区里另一位研判员同意。",
        }[asks]
        return self._say(
            phrase, number=number, who=who, words=cut(words, 800), ground=self.ground(value) if value else ""
        )

    def ground(self, ground: str) -> str:
        """Why a rating does not count (plain words)."""
        return self._say({"unlawful": "诉求违法", "unreasonable": "诉求不合理"}[ground])

    def which_line(self, number: str) -> str:
        """Asks a grid member which emergency line it is for."""
        return self._say("{number} 转哪条紧急专线？眼前有危险的，先直接拨打。", number=number)

    def give_divert(self, number: str) -> str:
        """Asks why it is for the line."""
        return self._say("请回复这条消息，说说 {number} 为什么要转紧急专线、您打过了没有。", number=number)

    def diverted_by_grid(self, number: str) -> str:
        """It is done."""
        return self._say("{number} 已转紧急专线，指挥中心看得到您写的话，事情接着跟。", number=number)

    def which_ground(self, number: str) -> str:
        """Asks why the rating must not count."""
        return self._say("{number} 的评价为什么不计入满意率、解决率？要两个人认定。", number=number)

    def give_exclusion(self, number: str) -> str:
        """Asks for the reason."""
        return self._say("请回复这条消息，写明 {number} 的诉求依据哪条规定不能办、怎么跟上报人解释的。", number=number)

    def exclusion_proposed(self, number: str) -> str:
        """A second one must agree."""
        return self._say("{number} 已提议不计入，等区里另一位研判员认定。", number=number)

    def excluded_note(self, ground: str, words: str) -> str:
        """A line of history (plain words)."""
        return self._say("{raw_ground}：{raw_words}", raw_ground=self.ground(ground), raw_words=words)

    def excluded_toast(self, number: str) -> str:
        """Toast of the second one (plain text)."""
        return self._say("{raw_number} 的评价不计入了，件还在。", raw_number=number)

    def card_excluded(self, ground: str) -> str:
        """On cards."""
        return self._say("🧮 评价不计入满意率、解决率（{raw_ground}）", raw_ground=self.ground(ground))

    def request_decided(self, raw_asked: str, name: str, reason: str, *, yes: bool) -> str:
        """The same when it is answered."""
        if yes:
            return self._say("{raw_asked}\n<b>✅ {name}已同意</b>", raw_asked=raw_asked, name=name)
        return self._say(
            "{raw_asked}\n<b>❌ {name}没同意</b>：{reason}", raw_asked=raw_asked, name=name, reason=cut(reason, 800)
        )

    def grants(self, asks: str) -> str:
        """The button that grants it."""
        return self._say(GRANTS[asks])

    def give_refusal(self, number: str) -> str:
        """Asks why not."""
        return self._say("请回复这条消息，说说为什么不同意 {number} 的申请。提的人会看到您写的理由。", number=number)

    def refusal_passed_on(self, number: str) -> str:
        """To whoever decided."""
        return self._say("{number}：已把理由告诉提的人，时限照走。", number=number)

    def refusal_note(self, asks: str, words: str) -> str:
        """A line of history (plain words)."""
        return self._say("不同意{raw_wanted}：{raw_words}", raw_wanted=self._say(WANTED[asks]), raw_words=words)

    def request_answered(self, asks: str, number: str, reason: str, *, yes: bool) -> str:
        """To whoever asked."""
        wanted = self._say(WANTED[asks])
        if yes:
            return self._say("✅ <b>{number}</b> {wanted}的申请，指挥中心同意了。", number=number, wanted=wanted)
        return self._say(
            "❌ <b>{number}</b> {wanted}的申请，指挥中心没同意：{reason}\n请接着办，时限照走。",
            number=number,
            wanted=wanted,
            reason=cut(reason, 2000),
        )

    def give_reason_other(self, number: str) -> str:
        """Asks why it is not for the unit that has it."""
        return self._say("请回复这条消息，说说 {number} 为什么不归现在的单位、您看归谁管。", number=number)

    def other_asked(self, number: str) -> str:
        """It is with the centre."""
        return self._say("{number} 的改派建议已报指挥中心，结果会告诉您。", number=number)
