"""What the reporter reads of a case that runs: promise, news, timeline, adding, urging, rating, being forgotten."""

from collections.abc import Sequence
from datetime import datetime

from bot.cases.case import Case
from bot.cases.conditions import TURNED_AWAY, is_advice, is_praise
from bot.cases.whistling import ROLE
from bot.texts.language import Phrases, cut, units
from bot.texts.turning_away import LISTS, TurningAwayTexts

LINES = 2500
"""UTF-16 units of all lines of a timeline."""
STATUS = {
    "registered": "已收到，等着安排",
    "triage": "正在安排谁来办",
    "need_info": "等您补充",
    "diverted": "已转紧急专线",
    "referred": "已告知法定途径",
    "rejected": "不予受理",
    "merged": "与另一件一起办",
    "dispatched": "已派单，等待签收",
    "return_review": "责任单位在核定",
    "accepted": "已签收",
    "handling": "正在办",
    "joint": "几个部门一起在办",
    "extension_review": "正在办",
    "shelved": "暂时办不了，挂账跟踪",
    "verify": "说办好了，正在核查",
    "rework": "核查没过，返工中",
    "feedback": "已办结，请您评价",
    "closed": "已结案",
    "redo": "重新办理",
    "archived": "已归档",
    "withdrawn": "已撤回",
}
NEXT = {
    "registered": "{at} 前有人受理",
    "triage": "{at} 前派给办理单位",
    "need_info": "请您在 {at} 前补充",
    "dispatched": "{at} 前签收",
    "accepted": "{at} 前联系您或到现场",
}
"""What the reporter may expect next, and until when; of the states that have a clock of their own."""
EVENTS = {
    "submit": "您上报了这件事",
    "record": "您代录了这件事",
    "behalf": "您替别人报了这件事",
    "triage": "指挥中心在安排谁来办",
    "dispatch": "派给了{unit}",
    "reassign": "改派给{unit}",
    "escalate": "上报给{unit}",
    "accept": "{unit}已签收",
    "contact": "{unit}已到场或联系",
    "progress": "{unit}：{note}",
    "resolve": "{unit}办结：{note}",
    "reply": "答复您：{note}",
    "ask": "{unit}问您：{note}",
    "shelve": "暂时办不了，挂账：{note}",
    "resume": "恢复办理",
    "whistle": "请几个部门一起处理",
    "settle_on_spot": "当场办好：{note}",
    "end_joint": "部门协同结束",
    "thank": "您的感谢已经收下",
    "answered": "您回答了：{note}",
    "answer": "您回答了：{note}",
    "refer": "告知法定途径：{note}",
    "reject": "不予受理：{note}",
    "object": "您不同意：{note}",
    "reconsider": "指挥中心再看一次",
    "divert": "已转 {note}",
    "taken_over": "专线已处置：{note}",
    "merge": "和同样的一件（{note}）一起办",
    "split": "单独办理",
    "grade": "定级有调整",
    "rename": "事项改为：{note}",
    "hasten": "时限提前了",
    "confirm": "核查通过",
    "fail": "核查没过，退回返工",
    "rate": "您做了评价",
    "lapse": "超过时限，自动转下一步",
    "redo": "要求重办：{note}",
    "withdraw": "您撤回了",
    "wish_back": "您想撤回，已转告办的人",
    "archive": "归档了",
    "urge": "您催办了一次",
    "sealed": "您要求保密",
    "add": "您补充了内容",
    "confided": "您补充了保密内容，只给指挥中心看",
    "corrected": "您更正过。原来是：{note}",
    "voice": "您的语音转成了文字",
    "danger": "您补充说有险情，已加急",
    "call_yes": "您说电话打通了",
    "call_no": "您说电话没打通，已急告值班的人",
    "call_safe": "您说现在没事了",
    "join": "又有一位居民也遇到了",
    "joiner_add": "有居民补充了内容",
}
OF_ANOTHER = {
    "submit": "有居民上报了这件事",
    "record": "有居民上报了这件事",
    "behalf": "有居民上报了这件事",
    "ask": "责任单位向上报人了解情况",
    "answered": "上报人做了补充",
    "answer": "上报人做了补充",
    "refer": "已告知法定途径",
    "reject": "没有受理",
    "object": "上报人请指挥中心再看一次",
    "taken_over": "专线已处置",
    "reply": "已答复上报人",
    "rate": "上报人做了评价",
    "redo": "上报人要求重办",
    "withdraw": "上报人撤回了",
    "wish_back": "上报人想撤回",
    "urge": "上报人催办了一次",
    "add": "有居民补充了内容",
    "confided": "有居民补充了内容",
    "corrected": "上报人做了更正",
    "voice": "有居民补充了内容",
    "danger": "有居民说有险情，已加急",
    "call_yes": "有居民打通了电话",
    "call_no": "有居民的电话没打通，已急告值班的人",
    "call_safe": "有居民说现在没事了",
}
"""What the reporter did, as those read it who only joined: none of the reporter's words."""

SOLVED = {"yes": "解决了", "part": "解决了一部分", "no": "没解决"}


class FollowingTexts(TurningAwayTexts):
    """Sentences about a case, for the one who reported it."""

    _say: Phrases

    def status(self, case: Case) -> str:
        """Where a case stands, in a few words."""
        return self._say(STATUS[case.status.value])

    def promise(self, case: Case, matter: str, unit: str | None, next_step: datetime | None, due: datetime) -> str:
        """The promise card: number, where it stands, who, until when. Edited in place whenever something changes."""
        lines = [
            self._say("<b>{number}</b>　{matter}", number=case.number, matter=matter),
            self._say("进展：<b>{raw_status}</b>", raw_status=self.status(case)),
        ]
        if unit:
            lines.append(self._say("责任单位：{unit}", unit=unit))
        if not (case.ended or is_praise(case)) and case.status.value != "feedback":
            if next_step and case.status.value in NEXT:
                lines.append(self._say(NEXT[case.status.value], at=next_step))
            if case.review_at:
                lines.append(self._say("挂账到 {at} 再看，时限暂停", at=case.review_at))
            else:
                lines.append(self._say("承诺办结：{at} 前", at=due))
            lines.append(self._say("有新情况，回复这条消息就行。"))
        return "\n".join(lines)

    def news(self, case: Case, unit: str | None, note: str | None, event: str) -> str:
        """One line per step. `event` is the action that happened."""
        if event == "resolve" and is_advice(case):
            event = "reply"
        if event == "thank" and unit is None:
            event = "thank_kept"
        if event == "lapse" and case.outcome in TURNED_AWAY:
            event = "lapse_away"
        phrase = {
            "accept": "您反映的 {number}，{unit}已经签收，会尽快联系处理。",
            "contact": "您反映的 {number}，{unit}的人到过现场，或者联系过了。",
            "progress": "您反映的 {number} 有进展：{note}",
            "resolve": "您反映的 {number}，{unit}说办好了：{note}\n我们正在核查，通过后请您评价。",
            "fail": "您反映的 {number} 核查没有通过，已退回重做。",
            "reassign": "您反映的 {number} 现在由{unit}负责。",
            "escalate": "您反映的 {number} 已上报，由{unit}负责。",
            "redo": "您反映的 {number} 重新办理，由{unit}负责。",
            "reply": "您问的 {number} 有答复了：{note}",
            "ask": "办理 {number} 的人想问您：{note}\n点「回答」，或直接回复这条消息。",
            "reconsider": "您反映的 {number}，指挥中心正在重新看，结果告诉您。",
            "divert": "您反映的 {number} 已转告 {note}，事情我们接着跟。眼前有危险的，请您也直接拨打 {note}。",
            "shelve": "您反映的 {number} 暂时办不了，先挂账跟踪：{note}\n{raw_until}",
            "whistle": "您反映的 {number}，已请几个部门一起到现场处理。",
            "resume": "您反映的 {number} 恢复办理了。",
            "thank": "您的感谢已转达给{unit}。谢谢您！",
            "thank_kept": "您的感谢我们收到了。谢谢您！",
            "lapse_away": "您反映的 {number} 没有再提异议，已结案。有新的情况，随时再报。",
            "lapse": "您反映的 {number} 已结案。这几天您还可以评价。",
        }[event]
        until = self._say("{at} 再看，有变化马上告诉您。", at=case.review_at) if case.review_at else ""
        facts = {"unit": unit or self._say("责任单位"), "note": cut(note or "", 800), "raw_until": until}
        return self._say(phrase, number=case.number, **facts)

    def my_cases(self) -> str:
        """Above the list."""
        return self._say("这是您反映过的事，点一件看详情，发编号也能查：")

    def no_cases(self) -> str:
        """Instead of an empty list."""
        return self._say("您还没有反映过事情。有事直接告诉我。")

    def case_line(self, case: Case, matter: str) -> str:
        """One button of the list."""
        return f"{case.number} {cut(matter, 24)} · {self.status(case)}"

    def older(self) -> str:
        """Button: the next page."""
        return self._say("更早的 ›")

    def newest(self) -> str:
        """Button: back to the first page."""
        return self._say("‹ 最新的")

    def timeline(self, case: Case, matter: str, lines: Sequence[str], rough_place: str | None = None) -> str:
        """One case with what happened; of a long story the beginning and the latest.

        Whoever only joined it reads nothing of the reporter's words, and the place roughly.
        """
        head = self._say(
            "<b>{number}</b>　{matter}\n进展：<b>{raw_status}</b>",
            number=case.number,
            matter=matter,
            raw_status=self.status(case),
        )
        own = rough_place is None
        words = self._say("您说的：{words}", words=cut(case.text, 500)) if case.text and own else ""
        where = case.place if rough_place is None else rough_place
        place = self._say("地点：{place}", place=cut(where, 200)) if where else ""
        fitting = list(lines)
        while len(fitting) > 1 and sum(units(line) + 1 for line in fitting) > LINES:
            del fitting[1]
        if len(fitting) < len(lines):
            fitting.insert(1, self._say("……"))
        return "\n".join(part for part in (head, words, place, *fitting) if part)

    def event(
        self, at: datetime, action: str, unit: str | None, note: str | None, *, joined: bool, whole: bool = False
    ) -> str | None:
        """One line of the timeline, or None for what is not the reporter's. `joined`: as those read it who joined."""
        phrase = (EVENTS | OF_ANOTHER if joined else EVENTS).get(action)
        if phrase is None:
            return None
        if action in LISTS:
            note = self.way_in_words(note or "", action)
        said = self._say(
            phrase, unit=unit or self._say("责任单位"), note=(note or "") if whole else cut(note or "", 300)
        )
        return f"{self._say('{at}', at=at)}　{said}"

    def button_add(self) -> str:
        """Button under a case."""
        return self._say("➕ 补充")

    def button_urge(self) -> str:
        """Button under a case."""
        return self._say("⏰ 催办")

    def button_withdraw(self) -> str:
        """Button under a case."""
        return self._say("撤回")

    def button_rate(self) -> str:
        """Button under a case."""
        return self._say("⭐ 评价")

    def button_reopen(self) -> str:
        """Button under a closed case."""
        return self._say("没解决，要求重办")

    def button_details(self) -> str:
        """Button under the promise card."""
        return self._say("看进展")

    def button_list(self) -> str:
        """Button: back to the list."""
        return self._say("‹ 全部")

    def add_what(self, number: str) -> str:
        """After pressing add."""
        return self._say("要补充什么？文字、照片、语音都行，我加到 {number} 里。", number=number)

    def left_for_later(self) -> str:
        """Twice something came that cannot be used (a sticker, a card): no third question."""
        return self._say("这个我看不懂，就先放着。想补充，点“我的上报”，打字、拍照、语音都行。")

    def added(self, number: str) -> str:
        """A supplement is kept."""
        return self._say("已补充到 {number}。", number=number)

    def place_added(self, place: str, latitude: float, longitude: float) -> str:
        """A location that is added to a case, as words (not for HTML: a fact of another message)."""
        return self._say(
            "位置：{raw_place}（{raw_point}）", raw_place=place, raw_point=f"{latitude:.5f}, {longitude:.5f}"
        )

    def nothing_added(self) -> str:
        """After 算了."""
        return self._say("好的，先不说了。要说的时候再点一下就行。")

    def urged(self, number: str) -> str:
        """After urging."""
        return self._say("已替您催了 {number}，办的人马上看到。", number=number)

    def withdraw_sure(self, number: str) -> str:
        """Asks before withdrawing."""
        return self._say("真的要撤回 {number} 吗？撤回后不再办理。", number=number)

    def withdraw_yes(self) -> str:
        """Button."""
        return self._say("确定撤回")

    def withdraw_no(self) -> str:
        """Button."""
        return self._say("不撤了")

    def withdrawn(self, number: str) -> str:
        """After withdrawing."""
        return self._say("{number} 已撤回。", number=number)

    def wish_back_sure(self, number: str) -> str:
        """Asks before passing on that they would withdraw, when handling has begun."""
        return self._say("{number} 已经有人在办了，不能直接撤回。要我转告他们您想撤回吗？由他们定。", number=number)

    def wish_back_yes(self) -> str:
        """Button."""
        return self._say("转告他们")

    def wished_back(self, number: str, *, before: bool) -> str:
        """After passing it on, or if it was passed on `before`."""
        if before:
            return self._say("您想撤回 {number}，早转告过了，办的人来定。", number=number)
        return self._say("已转告办的人：您想撤回 {number}。由他们定，有结果我告诉您。", number=number)

    def ask_contacted(self, case: Case, result: str, pass_on: str = "") -> str:
        """The first of three taps, with what was done; `pass_on`: whom to tell first."""
        asked = self._ask_contacted(case, result)
        return self._say("{raw_pass_on}\n\n{raw_asked}", raw_pass_on=pass_on, raw_asked=asked) if pass_on else asked

    def _ask_contacted(self, case: Case, result: str) -> str:
        return self._say(
            "您反映的 <b>{number}</b> 已办结：\n{result}\n\n请您评价（三下就好）。\n① 办理的人联系您及时吗？",
            number=case.number,
            result=cut(result, 1500),
        )

    def in_time(self) -> tuple[str, str]:
        """Buttons: in time, not in time."""
        return self._say("及时"), self._say("不及时")

    def ask_solved(self, number: str) -> str:
        """The second tap. Whoever reported several matters reads which one it is."""
        return self._say("<b>{number}</b>　② 事情解决了吗？", number=number)

    def solved(self, answer: str) -> str:
        """Button of the second tap: yes, part, no."""
        return self._say(SOLVED[answer])

    def ask_satisfied(self, number: str) -> str:
        """The third tap."""
        return self._say("<b>{number}</b>　③ 总的来说，您满意吗？", number=number)

    def stars(self) -> tuple[str, ...]:
        """Buttons of the third tap, from 1 to 5."""
        words = ("1 很不满意", "2 不太满意", "3 一般", "4 满意", "5 很满意")
        return tuple(self._say(one) for one in words)

    def thanks(self, number: str) -> str:
        """After the last tap."""
        return self._say("谢谢您！{number} 的评价已记下。", number=number)

    def offer_reopen(self, number: str) -> str:
        """After 没解决."""
        return self._say("没解决，不能就这么算了。要让他们重办 {number} 吗？", number=number)

    def offer_reopen_bad(self, number: str) -> str:
        """After one or two stars."""
        return self._say("您不满意，要让他们重办 {number} 吗？", number=number)

    def button_again(self) -> str:
        """Button: do it again."""
        return self._say("要，请重办")

    def button_no_again(self) -> str:
        """Button: no 重办."""
        return self._say("不用了")

    def reopen_what(self) -> str:
        """Asks for the reason of a 重办."""
        return self._say("请说说哪里没解决，文字、照片、语音都行。")

    def reopened(self, number: str) -> str:
        """After asking for a 重办."""
        return self._say("好的，{number} 重新办理，有进展我告诉您。", number=number)

    def leave_it(self) -> str:
        """Button: add nothing after all."""
        return self._say("算了")

    def file_trouble(self, number: str, why: str) -> str:
        """A file could not be kept: too_large, unsafe, lost."""
        phrase = {
            "too_large": "{number} 里有个文件超过 20 MB，我取不下来，编号已记下。方便的话请再发一段短一点的。",
            "unsafe": "{number} 里有个文件打不开，办理的人看不到它。方便的话请换成照片再发一次。",
            "lost": "{number} 里有个文件没能取到。方便的话请再发一次。",
        }[why]
        return self._say(phrase, number=number)

    def forgotten(self, still_open: int, held: int, duty: str | None) -> str:
        """After /forget: what is still open, what the law keeps, and that a duty keeps the name in the register."""
        said = self._say("已删除您的资料，以及您和已结案件的联系。")
        if duty:
            said = self._still_on_duty(still_open, duty)
        elif still_open:
            said = self._say("已删除您的资料。还有 {count} 件在办，办完就断开它和您的联系。", count=still_open)
        if not held:
            return said
        law = self._say("另有 {count} 件依法要保留一段时间，暂时断不开；保留一结束，马上断开。", count=held)
        return f"{said}\n{law}"

    def _still_on_duty(self, still_open: int, duty: str) -> str:
        said = [self._say("您和已结案件的联系、没提交的内容，都删了。")]
        if still_open:
            said.append(self._say("还有 {count} 件在办，办完就断开它和您的联系。", count=still_open))
        if duty == ROLE:
            way = "您还是人民吹哨员，姓名和电话还在花名册上，没有删。要都删，先点「不当了」，再发 /forget。"
        else:
            way = "您还在岗，姓名和电话还在花名册上，没有删。要都删，先请管理员给您办离岗，再发 /forget。"
        return "\n".join([*said, self._say(way)])

    def forget_sure(self) -> str:
        """Asks before forgetting."""
        return self._say(
            "要删除您的资料吗？\n没提交的马上删；办完的事马上和您断开联系，以后查不到了；在办的，办完再断开。"
        )

    def forget_no(self) -> str:
        """Button."""
        return self._say("不删了")

    def kept(self) -> str:
        """After 不删了."""
        return self._say("好的，都留着。")

    def forget_yes(self) -> str:
        """Button."""
        return self._say("确定删除")
