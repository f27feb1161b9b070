"""Reminders: what everybody reads when time is running out."""

from collections.abc import Sequence
from datetime import datetime

from bot.cases.case import Case
from bot.texts.language import Phrases

NUDGES = {
    "unsigned": "⏰ <b>{number}</b>（{matter}）还没人签收，{sign} 前要签。请马上点「签收」。",
    "uncontacted": "⏰ <b>{number}</b>（{matter}）签收后还没到场、也没联系，请抓紧，办了点「到场/已联系」。",
    "no_result": "⏰ <b>{number}</b>（{matter}）还没报过进展，居民在等。请点「进展」写一句办到哪儿了。",
    "half_time": "⏰ <b>{number}</b>（{matter}）时间过半，{due} 到期。",
    "nearly_due": "⏰ <b>{number}</b>（{matter}）快到期了，{due} 前要办结。请督促{handler}。",
    "yellow_card": "🟨 黄牌：<b>{number}</b>（{matter}）{due} 到期，还没办结。",
    "red_card": "🟥 红牌：<b>{number}</b>（{matter}）本该 {due} 办结，已超期。",
    "untriaged": "⏰ <b>{number}</b>（{matter}）还没研判，请尽快处理。",
    "undispatched": "⏰ <b>{number}</b>（{matter}）还没派单，请尽快派出。",
    "diverted": "⏰ <b>{number}</b>（{matter}）转了紧急专线，接处了没有？接处了点「专线已接处」，还要单位办就派单。",
    "undecided": "⏰ <b>{number}</b>（{matter}）在等中心定夺。",
    "unverified": "⏰ <b>{number}</b>（{matter}）到时还没核查，请中心来核。",
    "watch_half": "👀 <b>{number}</b>（{matter}）时间过半，{unit}还在办。请去看一眼，看到什么说一声。",
    "watch_result": "🔍 <b>{number}</b>（{matter}）{unit}报办结了，等您核查。请去看一眼，再点通过或不通过。",
    "unreachable": "☎️ <b>{number}</b>（{matter}）派给了{unit}，可值班的人联系不上。请打电话，或者改派。",
    "parent_told": "⬆️ <b>{number}</b>（{matter}）{unit}超期一天还没办结，请分管领导过问。",
    "overseen": "📌 挂牌督办：<b>{number}</b>（{matter}）{unit}超期三个工作日还没办结。",
}
NUDGES_CENTRE = {
    "unsigned": "⏰ <b>{number}</b>（{matter}）{unit}还没人签收，{sign} 前要签。请打电话催，或者改派。",
    "uncontacted": "⏰ <b>{number}</b>（{matter}）{unit}签收后还没到场、也没联系。",
    "no_result": "⏰ <b>{number}</b>（{matter}）{unit}还没报过进展，居民在等。",
    "half_time": "⏰ <b>{number}</b>（{matter}）{unit}时间过半还没办结，{due} 到期。",
    "nearly_due": "⏰ <b>{number}</b>（{matter}）{unit}快到期了，{due} 前要办结。",
    "yellow_card": "🟨 黄牌：<b>{number}</b>（{matter}）{unit} {due} 到期，还没办结。",
    "red_card": "🟥 红牌：<b>{number}</b>（{matter}）{unit}本该 {due} 办结，已超期。",
}
SHORTLY = {
    "unsigned": "没人签收",
    "uncontacted": "没到场、没联系",
    "no_result": "没报过进展",
    "half_time": "时间过半",
    "nearly_due": "快到期了",
    "yellow_card": "黄牌，快到期了",
    "red_card": "红牌，已超期",
    "untriaged": "没研判",
    "undispatched": "没派单",
    "diverted": "专线接处了没有",
    "undecided": "等中心定夺",
    "unverified": "没核查",
    "unreachable": "值班的人联系不上",
    "parent_told": "超期一天",
    "overseen": "挂牌督办",
}


class RemindingTexts:
    """Sentences of reminders, one for each reason and reader."""

    _say: Phrases

    def nudge(
        self,
        case: Case,
        matter: str,
        kind: str,
        reader: str,
        *,
        unit: str | None,
        handler: str | None,
        due: datetime,
        sign: datetime | None,
    ) -> str:
        """A reminder: number, reason, and what to do; to the centre it says whose case it is."""
        phrase = NUDGES_CENTRE.get(kind) if reader != "unit" else None
        facts = {"number": case.number, "matter": matter, "due": due, "sign": sign or due}
        names = {"unit": unit or self._say("责任单位"), "handler": handler or self._say("经办人")}
        said = self._say(phrase or NUDGES[kind], **facts, **names)
        return f"{said}\n{self._say('地点：{place}', place=case.place)}" if case.place else said

    def knows_nudge(self, kind: str) -> bool:
        """Whether there are words for it (a forged button may ask for anything)."""
        return kind in NUDGES

    def reminders(self, lines: Sequence[str]) -> str:
        """Several reminders in one message."""
        return "\n".join([self._say("⏰ <b>有 {count} 件要抓紧：</b>", count=len(lines)), *lines])

    def reminder_line(self, case: Case, matter: str, kinds: Sequence[str], unit: str | None) -> str:
        """One line of the list, with all its reasons; `unit` where others than its own people read it."""
        why = self._say("、").join(self._say(SHORTLY[one]) for one in kinds)
        if unit:
            return self._say(
                "· {number} {matter}（{unit}）：{raw_why}", number=case.number, matter=matter, unit=unit, raw_why=why
            )
        return self._say("· {number} {matter}：{raw_why}", number=case.number, matter=matter, raw_why=why)

    def reminder_button(self, case: Case) -> str:
        """Opens one of the list (plain text)."""
        return self._say("办 {raw_number}", raw_number=case.number)
