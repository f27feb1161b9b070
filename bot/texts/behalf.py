"""What is read around reports for others: 代报, 代录 of calls and 12345 orders, whom to call back, who may be asked."""

from datetime import datetime

from bot.cases.case import FROM_ABOVE, Case, Contact, Source
from bot.texts.language import Phrases

SOURCES = {
    Source.PHONE: "☎️ 电话代录",
    Source.SMS: "✉️ 短信代录",
    Source.HOTLINE: "☎️ 12345来单",
    Source.INSTRUCTION: "📜 领导批示",
    Source.TASK: "🤝 协同任务",
}
WISHES = {
    Contact.RELAY: "💬 通过伢叔问我",
    Contact.CALL: "📞 可以打我电话",
    Contact.NONE: "🙅 不用联系我",
}
WISHED = {
    Contact.RELAY: "有事由我转告，办的人看不到您的姓名号码",
    Contact.CALL: "可以打您留的电话，只给签收的人看",
    Contact.NONE: "不联系您，办好了告诉您结果",
}


class BehalfTexts:
    """Sentences about reports for others and about being asked back."""

    _say: Phrases

    def behalf(self) -> str:
        """Button on the review card."""
        return self._say("👵 替别人报的")

    def ask_behalf(self) -> str:
        """Asks who it is for."""
        return self._say("替谁报的？写姓名，电话、门牌也行。只有您看得到，办的人看不到。")

    def nobody_named(self) -> str:
        """Button: who it is for is not told."""
        return self._say("不用写")

    def not_for_another(self) -> str:
        """Button: it is the own matter after all."""
        return self._say("是我自己的事")

    def label_behalf(self) -> str:
        """Label on the review card."""
        return self._say("替谁报")

    def somebody(self) -> str:
        """On the review card, when nobody is named."""
        return self._say("替别人报的")

    def tell_them(self, case: Case) -> str:
        """Under a result and above the taps: to be passed on by whoever reported or recorded it."""
        if case.source in FROM_ABOVE:
            return self._say("📜 请把结果报给交办的人，问好意见再点。")
        if case.recorded:
            return self._say("☎️ 请把结果告诉来电的人，问好意见再点。")
        return self._say("👵 请把结果告诉您替 TA 报的人，问好意见再点。") if case.on_behalf else ""

    def button_callback(self, case: Case) -> str:
        """Button for whoever recorded or reported it: whom to tell."""
        if case.source in FROM_ABOVE:
            return self._say("📜 向谁报告")
        return self._say("📞 回电号码") if case.recorded else self._say("👵 替谁报的")

    def callback(self, number: str, who: str) -> str:
        """Whom to tell; only ever in the private chat of whoever wrote it down."""
        if not who:
            return self._say("{number} 没有留姓名和号码。", number=number)
        return self._say("{number}　{who}\n只给您看，请别转发。", number=number, who=who)

    def source(self, source: Source) -> str:
        """A way a report came, as a button and on cards."""
        return self._say(SOURCES[source])

    def card_flags(self, case: Case) -> list[str]:
        """On cards: that it was reported for another, recorded, or is a 12345 order; and whether they may be asked."""
        lines = [self._say("👵 代报：替别人报的")] if case.on_behalf else []
        if case.source is Source.HOTLINE and case.order_due:
            lines.append(
                self._say("☎️ 12345来单 {order}，要求 {at} 前办结", order=case.order_number or "", at=case.order_due)
            )
        elif case.source is Source.HOTLINE:
            lines.append(self._say("☎️ 12345来单 {order}", order=case.order_number or ""))
        elif case.source in FROM_ABOVE and case.order_due:
            lines.append(
                self._say("{raw_source}，要求 {at} 前办结", raw_source=self.source(case.source), at=case.order_due)
            )
        elif case.recorded:
            lines.append(self.source(case.source))
        if case.contact is Contact.NONE:
            lines.append(self._say("🙅 上报人不希望被联系，按现有材料办"))
        if case.contact is Contact.CALL:
            lines.append(self._say("📞 上报人愿意接电话，签收后私下看号码"))
        return lines

    def record_how(self) -> str:
        """/record: how did it come?"""
        return self._say("代录一件，是怎么来的？")

    def ask_order(self) -> str:
        """Asks for the number and the due time of a 12345 order."""
        return self._say("请发工单号和办理时限，例如：\n2026112600123 11月30日17:00")

    def unclear_order(self) -> str:
        """It was not understood."""
        return self._say("没看明白：一次写一个工单号，时限要在现在以后，比如“11月30日17:00”“3个工作日”。")

    def ask_until(self) -> str:
        """Asks until when somebody above waits for it."""
        return self._say("要求什么时候办结？例如“11月30日17:00”“3个工作日”。")

    def unclear_until(self) -> str:
        """It was not understood."""
        return self._say("没看明白哪一天，要在现在以后，比如“11月30日17:00”“3个工作日”。没写时限就点「跳过」。")

    def ask_above(self) -> str:
        """Asks to whom it must be reported."""
        return self._say("是谁批示、交办的？办结以后向谁报告？只有您看得到。")

    def order_kept(self, order: str) -> str:
        """A number without a time."""
        return self._say("工单 {order}，没写时限，按我们自己的时限办。", order=order)

    def order_known(self, order: str, number: str) -> str:
        """The order is a case already."""
        return self._say("工单 {order} 已经录过了，编号 <b>{number}</b>。", order=order, number=number)

    def button_open(self) -> str:
        """Button: that case."""
        return self._say("看这一件")

    def ask_caller(self) -> str:
        """Asks whom to call back."""
        return self._say("回电号码是多少？姓名也可以写。只有您看得到。")

    def ask_record(self) -> str:
        """Asks for what the caller said."""
        return self._say("请把对方说的事写下来，地点一起写。电话号码别写在这里。")

    def label_source(self) -> str:
        """Label on the review card."""
        return self._say("来源")

    def label_due(self) -> str:
        """Label on the review card."""
        return self._say("工单时限")

    def label_caller(self) -> str:
        """Label on the review card."""
        return self._say("回电")

    def wish(self) -> str:
        """Button on the review card."""
        return self._say("💬 怎么联系我")

    def ask_wish(self) -> str:
        """Asks whether the reporter may be asked back."""
        return self._say("办的人有话要问，怎么联系您？选打电话的话，签收的人会看到您的号码。")

    def wishes(self, contact: Contact) -> str:
        """Button: one way of being asked."""
        return self._say(WISHES[contact])

    def wished(self, contact: Contact) -> str:
        """The same on the review card."""
        return self._say(WISHED[contact])

    def both(self, one: str, other: str) -> str:
        """Two things in one line of the review card."""
        return self._say("{raw_one}；{raw_other}", raw_one=one, raw_other=other)

    def moment(self, at: datetime) -> str:
        """A time alone."""
        return self._say("{at}", at=at)

    def ask_own_number(self) -> str:
        """Asks for the number to call."""
        return self._say("打哪个号码？只给签收的那个人看，归档时删掉。")
