"""What is read of 人民吹哨员: applying, being put forward, the community's cards, the end and one more year."""

from collections.abc import Sequence
from datetime import datetime

from bot.texts.language import Phrases, cut

PLACE = 100
PARTS = {
    "life": "🚨 生命安全、安全生产",
    "law": "🚔 违法案件、群体事件、疫情",
    "evil": "🛡 涉恐、涉毒、涉邪",
    "care": "🤝 要关爱的人",
}
KINDS = (
    "网格员",
    "楼栋长",
    "村民小组长",
    "网信工作人员",
    "热心网民",
    "司法综治员",
    "社区民警",
    "企业网格员",
    "物业",
    "志愿者",
)
"""The kinds of `bot.cases.coverage`, to be said in every language."""

REASONS = {
    "place": "不住在这一片",
    "kind": "类别不合适",
    "enough": "这里人已经够了",
    "unknown": "核实不了是谁",
    "talk": "想先当面聊聊",
}
WHY = {
    "place": "社区说，这个地方不归您这一片。可以换成您住的地方再报一次。",
    "kind": "社区说，换个类别更合适。可以换一类再报一次。",
    "enough": "社区说，这里的人手暂时够了，谢谢您的热心。过些日子可以再报。",
    "unknown": "社区没能核实您是哪一位。方便时带上证件去一趟社区，再报一次就好。",
    "talk": "社区想先和您当面聊聊。有空请去一趟，聊过再报一次就好。",
}


class WhistlingTexts:
    """Sentences of /apply."""

    _say: Phrases

    def apply_intro(self) -> str:
        """/apply, to somebody who is none yet."""
        return self._say("人民吹哨员：看到隐患、遇到要帮的人，第一个告诉我。\n报名后由社区审核，一年有效。")

    def apply_self(self) -> str:
        """Button."""
        return self._say("🙋 我来报名")

    def apply_other(self) -> str:
        """Button."""
        return self._say("👍 推荐一位邻居")

    def apply_leave(self) -> str:
        """Button: not now."""
        return self._say("‹ 先不了")

    def apply_left(self) -> str:
        """After it."""
        return self._say("好的。想报名时发 /apply。")

    def apply_waits(self) -> str:
        """/apply, to somebody whose application waits."""
        return self._say("您的报名交上去了，社区看过就告诉您。")

    def apply_take_back(self) -> str:
        """Button."""
        return self._say("撤回报名")

    def apply_taken_back(self) -> str:
        """After it."""
        return self._say("撤回了。想报名时再发 /apply。")

    def whistles_at(self, lines: Sequence[tuple[str, str, datetime | None]]) -> str:
        """/apply, to a whistleblower: kind, place, until when."""
        said = [self._say("📣 您是<b>人民吹哨员</b>")]
        for kind, place, until in lines:
            said.append(self._say("· {kind}　{place}", kind=kind, place=cut(place, PLACE)))
            said += [self._say("有效期到 {until}", until=until)] if until else []
        return "\n".join(said)

    def step_down(self) -> str:
        """Button."""
        return self._say("不当了")

    def step_down_sure(self) -> str:
        """Asks before it."""
        return self._say("不再当人民吹哨员了吗？有事照样可以告诉我。")

    def step_down_yes(self) -> str:
        """Button."""
        return self._say("确定不当了")

    def stepped_down(self) -> str:
        """After it."""
        return self._say("好的，辛苦您了！想再当，发 /apply。")

    def apply_where(self) -> str:
        """Where somebody applies for."""
        return self._say("您在哪一片？发位置，或打字告诉我，比如“新港小区”。")

    def apply_where_other(self) -> str:
        """Where whoever is put forward lives."""
        return self._say("那位邻居在哪一片？发位置，或打字告诉我，比如“新港小区”。")

    def apply_kind(self, place: str) -> str:
        """Which of the ten kinds."""
        return self._say("{place}。是哪一类人？", place=cut(place, PLACE))

    def whistle_kind(self, kind: str) -> str:
        """One of the ten kinds, as it stands on buttons; what else a table calls somebody stays as it is."""
        return self._say(kind) if kind in KINDS else kind

    def apply_name(self) -> str:
        """The name of whoever applies."""
        return self._say("您怎么称呼？请打姓名。只有审核的人看得到。")

    def apply_name_other(self) -> str:
        """The name of whoever is put forward."""
        return self._say("那位邻居怎么称呼？请打姓名。")

    def apply_name_is(self, name: str) -> str:
        """Button: the name in the channel is the right one."""
        return self._say("就叫“{raw_name}”", raw_name=name)

    def apply_name_again(self) -> str:
        """What came is no name."""
        return self._say("请只打姓名，最多 20 个字。")

    def apply_phone(self) -> str:
        """A telephone, if they like."""
        return self._say("留个电话吗？社区好核实您。不留也行。")

    def apply_phone_again(self) -> str:
        """What came is none, or that of somebody else."""
        return self._say("请点「📱 发送我的号码」，或打 11 位手机号；不留就点「不方便」。")

    def apply_review(self, name: str, kind: str, place: str, tail: str) -> str:
        """Everything once more, to be sent."""
        said = [
            self._say("请看一眼，没问题就交："),
            self._say("姓名：{name}", name=name),
            self._say("类别：{kind}", kind=kind),
            self._say("地方：{place}", place=cut(place, PLACE)),
        ]
        return "\n".join([*said, *([self._say("电话：尾号 {tail}", tail=tail)] if tail else [])])

    def apply_send(self) -> str:
        """Button."""
        return self._say("✅ 交给社区")

    def apply_sent(self) -> str:
        """After it."""
        return self._say("交给社区了。看过就告诉您。")

    def put_forward(self, name: str) -> str:
        """After putting somebody forward: the link comes."""
        return self._say("谢谢您！我把推荐链接发给您，请转给{name}本人。", name=name)

    def forward_this(self, name: str, kind: str, place: str, link: str) -> str:
        """Under the code that is passed on."""
        said = [
            self._say("👍 <b>{name}</b>，邻居推荐您当人民吹哨员", name=name),
            self._say("· {kind}　{place}", kind=kind, place=cut(place, PLACE)),
            self._say("愿意就点链接或扫码：{raw_link}", raw_link=link),
            self._say("30 天内有效。"),
        ]
        return "\n".join(said)

    def offer(self, name: str, kind: str, place: str) -> str:
        """Whoever was put forward opens the link."""
        said = [
            self._say("<b>{name}</b>您好，邻居推荐您当人民吹哨员：", name=name),
            self._say("· {kind}　{place}", kind=kind, place=cut(place, PLACE)),
        ]
        return "\n".join([*said, self._say("愿意吗？社区审核后才算数。")])

    def offer_yes(self) -> str:
        """Button."""
        return self._say("✅ 我愿意")

    def offer_no(self) -> str:
        """Button."""
        return self._say("不了")

    def offer_declined(self) -> str:
        """After it."""
        return self._say("好的，不勉强。您的姓名我没有留。")

    def offer_gone(self) -> str:
        """A link that works no more."""
        return self._say("这个推荐链接用不了了。想报名，发 /apply。")

    def application(self, name: str, kind: str, place: str, tail: str, *, put_forward: bool, lacking: bool) -> str:
        """The card of those responsible."""
        head = self._say("🙋 邻居推选人民吹哨员") if put_forward else self._say("🙋 有人报名当人民吹哨员")
        said = [
            head,
            self._say("<b>{name}</b>", name=name),
            self._say("· {kind}　{place}", kind=kind, place=cut(place, PLACE)),
        ]
        said += [self._say("· 电话：尾号 {tail}", tail=tail)] if tail else []
        said += [self._say("· 社区现在还没有这一类")] if lacking else []
        return "\n".join([*said, self._say("请核实是谁，再点。")])

    def application_over(self, name: str, kind: str, place: str, by: str | None, reason: str | None) -> str:
        """The same card when somebody has decided, or whoever applied took it back (`by` None)."""
        about = self._say("🙋 {kind}　{place}　{name}", kind=kind, place=cut(place, PLACE), name=name).strip()
        if by is None:
            return f"{about}\n" + self._say("本人撤回了。")
        if reason is None:
            return f"{about}\n" + self._say("✅ {by}同意了。", by=by)
        return f"{about}\n" + self._say("{by}没有同意：{raw_why}", by=by, raw_why=self.refusal(reason))

    def application_yes(self) -> str:
        """Button."""
        return self._say("✅ 同意，一年有效")

    def application_no(self) -> str:
        """Button."""
        return self._say("不同意 ›")

    def application_why(self) -> str:
        """Above the reasons."""
        return self._say("为什么？会换成和气的话告诉本人，还可以再报。")

    def refusal(self, reason: str) -> str:
        """A reason, as it stands on buttons and cards."""
        return self._say(REASONS[reason])

    def application_done(self) -> str:
        """Toast."""
        return self._say("好了，我去告诉本人。")

    def became_whistleblower(self, name: str, kind: str, place: str, until: datetime | None) -> str:
        """Whoever applied was accepted."""
        said = [
            self._say("🎉 <b>{name}</b>，您现在是人民吹哨员了！", name=name),
            self._say("· {kind}　{place}", kind=kind, place=cut(place, PLACE)),
        ]
        said += [self._say("有效期到 {until}", until=until)] if until else []
        return "\n".join([*said, self._say("有事照常告诉我，点「我要反映」先看吹哨清单。")])

    def friend_became(self) -> str:
        """Whoever put somebody forward hears it."""
        return self._say("您推荐的邻居当上人民吹哨员了，谢谢您！")

    def not_this_time(self, reason: str) -> str:
        """Whoever applied was refused: why, in kind words, and that they may try again."""
        return self._say("谢谢您报名。这次社区没有通过。") + "\n" + self._say(WHY[reason])

    def apply_again(self) -> str:
        """Button."""
        return self._say("🙋 再报一次")

    def ends_soon(self, until: datetime) -> str:
        """A fortnight before the end."""
        return self._say("您的人民吹哨员到 {until} 期满。社区续上就接着有效，您不用办什么。", until=until)

    def is_over(self) -> str:
        """At the end."""
        return self._say("您的人民吹哨员期满了，这一年辛苦您了！想接着当，点下面。")

    def goes_on(self, until: datetime) -> str:
        """The community has renewed it."""
        return self._say("社区给您续上了，人民吹哨员有效到 {until}。谢谢您！", until=until)

    def renewals(self, place: str, lines: Sequence[tuple[str, str, datetime, bool]]) -> str:
        """The community's card: name, kind, until when, whether it is over."""
        if not lines:
            return self._say("✅ {place}的人民吹哨员都续好了。", place=place)
        said = [self._say("⏳ <b>{place}</b>，这些人民吹哨员快期满了：", place=place)]
        for name, kind, until, over in lines:
            when = self._say("{until} 已期满", until=until) if over else self._say("到 {until}", until=until)
            said.append(self._say("· {name}　{kind}　{raw_when}", name=name, kind=kind, raw_when=when))
        return "\n".join([*said, self._say("点姓名续一年；不续的，到期自己结束。")])

    def renew_one(self, name: str) -> str:
        """Button."""
        return self._say("✅ {raw_name}", raw_name=name)

    def renew_all(self) -> str:
        """Button."""
        return self._say("✅ 全部续一年")

    def renewed(self, count: int) -> str:
        """Toast."""
        return self._say("续了 {count} 位。", count=count)

    def list_first(self) -> str:
        """To a whistleblower who begins a report: the 吹哨事项清单."""
        return self._say("吹哨事项清单在下面，点一类；别的事直接告诉我，打字、拍照、语音都行。")

    def list_part(self, part: str) -> str:
        """A part of the list."""
        return self._say(PARTS[part])

    def list_rest(self) -> str:
        """Button: all other matters."""
        return self._say("别的事 ›")

    def coverage_of(self, counted: Sequence[tuple[str, int]], missing: Sequence[str]) -> str:
        """On the card of a place: how many of which kind, and which kinds nobody is of."""
        comma = self._say("、")
        there = comma.join(f"{self.whistle_kind(kind)} {count}" for kind, count in counted)
        said = [self._say("吹哨的有：{kinds}", kinds=there)] if there else []
        lacks = comma.join(self.whistle_kind(kind) for kind in missing)
        return "\n".join([*said, *([self._say("还缺：{kinds}", kinds=lacks)] if lacks else [])])
