"""What responders read in the group of their unit and privately."""

from collections.abc import Sequence
from datetime import datetime

from bot.cases.case import Case, Colour, Level, Status
from bot.texts.language import Phrases, cut

COLOURS = {Colour.RED: "🔴 红", Colour.YELLOW: "🟡 黄", Colour.NONE: ""}
LEVELS = {Level.DISTRICT: "一级", Level.TOWN: "二级", Level.COMMUNITY: "三级"}
ACTIONS = {
    "accept": "✍️ 签收",
    "contact": "📞 到场/已联系",
    "progress": "📝 进展",
    "resolve": "✅ 办结",
    "confirm": "👍 核查通过",
    "fail": "👎 不通过，返工",
    "dispatch": "派给{unit}",
    "reassign": "改派",
}
CARD_WORDS = 1500


class UnitTexts:
    """Sentences for those who deal with a case."""

    _say: Phrases

    def level(self, case: Case) -> str:
        """Level and colour in short."""
        return " ".join(part for part in (self._say(LEVELS[case.level]), self._say(COLOURS[case.colour])) if part)

    def card(self, case: Case, matter: str, lines: Sequence[str], serial: str) -> str:
        """The card of a case: one per case, edited in place."""
        head = self._say(
            "<b>{number}</b>　{matter}　{raw_level}", number=case.number, matter=matter, raw_level=self.level(case)
        )
        return "\n".join([head, *lines, self._say("推送号 {serial}", serial=serial)])

    def card_words(self, case: Case) -> str:
        """What the reporter said."""
        return self._say("情况：{words}", words=cut(case.text, CARD_WORDS)) if case.text else ""

    def card_answers(self, ask: str, answer: str) -> str:
        """One answered question."""
        return self._say("{ask} {answer}", ask=ask, answer=answer)

    def card_place(self, place: str) -> str:
        """Where."""
        return self._say("地点：{place}", place=place)

    def card_danger(self) -> str:
        """The reporter says it is dangerous now."""
        return self._say("⚠️ 上报人说现在有危险")

    def card_status(self, status: str, handler: str | None) -> str:
        """Where it stands and who has it."""
        if handler:
            return self._say("状态：<b>{raw_status}</b>　经办：{handler}", raw_status=status, handler=handler)
        return self._say("状态：<b>{raw_status}</b>", raw_status=status)

    def card_due(self, sign: datetime | None, finish: datetime) -> str:
        """Deadlines."""
        if sign:
            return self._say("请在 {sign} 前签收，{finish} 前办结", sign=sign, finish=finish)
        return self._say("{finish} 前办结", finish=finish)

    def card_result(self, result: str) -> str:
        """What was done."""
        return self._say("处置结果：{result}", result=cut(result, 800))

    def card_media(self, photos: int, others: int, waiting: int) -> str:
        """How many files belong to it."""
        parts = [
            self._say("照片 {count} 张", count=photos) if photos else "",
            self._say("视频、语音等 {count} 份", count=others) if others else "",
            self._say("还有 {count} 份正在接收", count=waiting) if waiting else "",
        ]
        said = "，".join(part for part in parts if part)
        return f"📎 {said}" if said else ""

    def card_how(self) -> str:
        """How to give words and photos."""
        return self._say("直接回复这条消息，可发进展和照片。")

    def stub(self, count: int) -> str:
        """In a group nothing more is ever said of a confidential case."""
        return self._say("收到 {count} 件保密件，已单独发给值班人员。", count=count)

    def action(self, action: str, unit: str = "") -> str:
        """The words on a button (not escaped)."""
        return self._say(ACTIONS[action]).format(unit=unit) if "{" in ACTIONS[action] else self._say(ACTIONS[action])

    def taken_by(self, name: str) -> str:
        """A callback alert, plain text: the second person hears who has it."""
        return self._say("已被{raw_name}签收。", raw_name=name)

    def done_toast(self, action: str) -> str:
        """A callback toast after a press that worked."""
        phrase = {
            "accept": "签收成功，请尽快联系。",
            "contact": "已记录到场/联系。",
            "confirm": "核查通过，已请上报人评价。",
            "dispatch": "已派单。",
            "reassign": "已改派。",
        }.get(action, "已记录。")
        return self._say(phrase)

    def give_progress(self, number: str) -> str:
        """Asks for words on the progress."""
        return self._say("请回复这条消息，说说 {number} 的进展（可带照片）。", number=number)

    def give_result(self, number: str) -> str:
        """Asks for the result and the picture after."""
        return self._say(
            "办结 {number}：请<b>回复这条消息</b>，发一张现场照片，并写清楚：什么时候受理、与谁沟通、怎么解决、何时完成。",
            number=number,
        )

    def give_failure(self, number: str) -> str:
        """Asks why the check failed."""
        return self._say("请回复这条消息，说说 {number} 哪里没通过。", number=number)

    def photo_too(self) -> str:
        """Words came without the photo."""
        return self._say("文字记下了，还差一张现场照片，请回复这条消息发过来。")

    def words_too(self) -> str:
        """The photo came without words."""
        return self._say("照片记下了，还差文字说明：与谁沟通、怎么解决、何时完成。请回复这条消息。")

    def noted(self, number: str) -> str:
        """Progress is kept."""
        return self._say("已记到 {number}，上报人会收到。", number=number)

    def resolved(self, number: str) -> str:
        """The result is kept and goes to verification."""
        return self._say("{number} 已报办结，等待核查。", number=number)

    def rework_noted(self, number: str) -> str:
        """A failed check is kept."""
        return self._say("{number} 已退回返工。", number=number)

    def verify_card(self, case: Case, matter: str) -> str:
        """Asks a supervisor or dispatcher to look."""
        return self._say(
            "🔍 请核查 <b>{number}</b>　{matter}\n地点：{place}\n承办单位报告：{result}",
            number=case.number,
            matter=matter,
            place=case.place,
            result=cut(case.result or "", 1500),
        )

    def supplement(self, number: str, words: str) -> str:
        """The reporter added something."""
        return self._say("➕ <b>{number}</b> 上报人补充：{words}", number=number, words=cut(words, 3000))

    def urged_card(self, number: str, count: int) -> str:
        """The reporter urges."""
        return self._say("⏰ <b>{number}</b> 上报人催办（第 {count} 次），请尽快答复。", number=number, count=count)

    def nudge(self, case: Case, matter: str, kind: str, due: datetime) -> str:
        """A reminder: number, reason, and what to press."""
        phrase = {
            "unsigned": "⏰ <b>{number}</b>（{matter}）还没有人签收，请马上点「签收」。",
            "uncontacted": "⏰ <b>{number}</b>（{matter}）还没有到场或联系，请处理后点「到场/已联系」。",
            "half_time": "⏰ <b>{number}</b>（{matter}）时间过半，{due} 到期。",
            "nearly_due": "⏰ <b>{number}</b>（{matter}）快到期了：{due}。",
            "yellow_card": "🟨 黄牌：<b>{number}</b>（{matter}）{due} 到期，还没办结。",
            "red_card": "🟥 红牌：<b>{number}</b>（{matter}）已超期，应于 {due} 办结。",
            "parent_told": "⬆️ <b>{number}</b>（{matter}）超期一天仍未办结，请分管领导督促。",
            "overseen": "📌 挂牌督办：<b>{number}</b>（{matter}）超期三个工作日仍未办结。",
            "untriaged": "⏰ <b>{number}</b>（{matter}）还没有研判，请尽快处理。",
            "undispatched": "⏰ <b>{number}</b>（{matter}）还没有派单，请尽快派出。",
            "undecided": "⏰ <b>{number}</b>（{matter}）等着中心决定。",
            "unverified": "⏰ <b>{number}</b>（{matter}）到时还没有核查，请中心核查。",
        }[kind]
        return self._say(phrase, number=case.number, matter=matter, due=due)

    def status_for_unit(self, status: Status) -> str:
        """Where a case stands, in the unit's words."""
        words = {
            Status.DISPATCHED: "待签收",
            Status.ACCEPTED: "已签收",
            Status.HANDLING: "处置中",
            Status.VERIFY: "待核查",
            Status.REWORK: "返工",
            Status.FEEDBACK: "待评价",
            Status.CLOSED: "已结案",
            Status.WITHDRAWN: "上报人已撤回",
            Status.REDO: "重办",
            Status.TRIAGE: "研判中",
            Status.REGISTERED: "待受理",
        }
        return self._say(words.get(status, "处理中"))
