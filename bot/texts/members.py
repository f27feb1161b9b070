"""What admins read of the register, and what those who are invited read."""

from collections.abc import Sequence
from datetime import datetime

from bot.texts.language import Phrases
from bot.texts.roles import RoleTexts

STATES = {"invited": "待邀请", "active": "在岗", "suspended": "已停用", "left": "已离岗"}


class MembersTexts(RoleTexts):
    """Sentences of /people and of invitations."""

    _say: Phrases

    def post(self, role: str, where: str | None) -> str:
        """One duty: what, and where (not escaped)."""
        return f"{self.role(role)} · {where}" if where else self.role(role)

    def state(self, state: str) -> str:
        """Whether somebody works."""
        return self._say(STATES[state])

    def find_people(self) -> str:
        """/people without words."""
        return self._say("要找谁？请发姓名、网格名称或编码，或者电话后四位，也可以在下面选地方。/cancel 不找了。")

    def people_at(self, place: str, count: int) -> str:
        """Above those who are for a place, and the places below it."""
        if not count:
            return self._say("<b>{place}</b>：还没有登记人，往下看：", place=place)
        return self._say("<b>{place}</b>：{count} 人", place=place, count=count)

    def found_nobody(self) -> str:
        """Nobody in the register is meant."""
        return self._say("花名册里没有找到。换个写法试试。")

    def found_people(self, more: bool) -> str:
        """Above the buttons of those who were found."""
        return self._say("找到的人太多，只列出一部分，请写得更细些：") if more else self._say("是哪一位？")

    def member_card(
        self, name: str, state: str, lines: Sequence[str], tail: str | None, hours: str | None, until: datetime | None
    ) -> str:
        """Somebody of the register, for admins."""
        said = [self._say("<b>{name}</b>　{state}", name=name, state=self.state(state))]
        said += [self._say("· {line}", line=line) for line in lines]
        if tail:
            said.append(self._say("电话：尾号 {tail}", tail=tail))
        if hours:
            said.append(self._say("服务时间：{hours}", hours=hours))
        if until:
            said.append(self._say("有效期到 {until}", until=until))
        return "\n".join(said)

    def button_invite(self) -> str:
        """Button."""
        return self._say("📨 邀请")

    def button_suspend(self) -> str:
        """Button."""
        return self._say("停用")

    def button_bring_back(self) -> str:
        """Button."""
        return self._say("恢复")

    def button_replace(self) -> str:
        """Button."""
        return self._say("换人")

    def button_let_go(self) -> str:
        """Button."""
        return self._say("离岗")

    def let_go_sure(self, name: str) -> str:
        """离岗 asks first."""
        return self._say("<b>{name}</b>离岗后，职责收回，不能恢复。确定吗？", name=name)

    def let_go_yes(self) -> str:
        """Button."""
        return self._say("确定离岗")

    def back_to_member(self) -> str:
        """Button."""
        return self._say("‹ 先不离岗")

    def replace_by(self, name: str) -> str:
        """换人 asks who comes."""
        return self._say("谁来接替<b>{name}</b>？请发新人的姓名，电话写在后面，例如：张小明 13800001234", name=name)

    def no_name(self) -> str:
        """What came is no name (and telephone)."""
        return self._say("没看懂。请发姓名，电话写在后面，例如：张小明 13800001234。/cancel 不换了。")

    def replaced(self, before: str, name: str) -> str:
        """After 换人."""
        return self._say(
            "好了，{before}的职责交给<b>{name}</b>。请点「邀请」，把链接发给本人。", before=before, name=name
        )

    def invitation_comes(self) -> str:
        """Toast after 邀请."""
        return self._say("邀请马上发给您，请转发给本人。")

    def invitation(self, name: str, lines: Sequence[str], until: datetime, link: str) -> str:
        """Under the code of an invitation."""
        said = [self._say("📨 <b>{name}</b>，请您加入伢叔", name=name)]
        said += [self._say("· {line}", line=line) for line in lines]
        said.append(self._say("点链接或扫码：{raw_link}", raw_link=link))
        said.append(self._say("{until} 前有效，只能用一次。不要发给别人。", until=until))
        return "\n".join(said)

    def staff_card(self, name: str, lines: Sequence[str], until: datetime) -> str:
        """Under the code of one's own staff card."""
        said = [self._say("🪪 <b>{name}</b>　工作证", name=name)]
        said += [self._say("· {line}", line=line) for line in lines]
        said.append(self._say("请居民用手机扫码核对。{until} 前有效，一个码只给一个人看。", until=until))
        return "\n".join(said)

    def come_in(self, name: str, lines: Sequence[str]) -> str:
        """Somebody came in."""
        said = [self._say("欢迎您，<b>{name}</b>！您现在是：", name=name)]
        said += [self._say("· {line}", line=line) for line in lines]
        return "\n".join([*said, self._say("有事我会在这里告诉您，请不要关掉通知。")])

    def wait_for_approval(self, name: str, lines: Sequence[str]) -> str:
        """Somebody came with a printed invitation."""
        said = [self._say("您好，<b>{name}</b>。您的邀请收到了：", name=name)]
        said += [self._say("· {line}", line=line) for line in lines]
        return "\n".join([*said, self._say("等负责人点一下同意，就可以用了，我会告诉您。")])

    def not_come_in(self) -> str:
        """The newcomer was refused."""
        return self._say("负责人没有同意这次加入。有疑问请直接找您的社区。")

    def approve(self, name: str | None, lines: Sequence[str], called: str) -> str:
        """Asks somebody responsible; without a name the card had none."""
        if name is None:
            said = [self._say("🙋 有人用打印的邀请加入，卡上没有写名字：")]
        else:
            said = [self._say("🙋 有人用打印的邀请加入，登记为<b>{name}</b>：", name=name)]
        said += [self._say("· {line}", line=line) for line in lines]
        said.append(self._say("对方在 Telegram 上叫“{called}”。请核实是不是本人。", called=called))
        return "\n".join(said)

    def approve_yes(self) -> str:
        """Button."""
        return self._say("✅ 是本人，同意")

    def approve_no(self) -> str:
        """Button."""
        return self._say("不同意")

    def approved(self, name: str) -> str:
        """After agreeing."""
        return self._say("已同意，<b>{name}</b>可以用了。", name=name)

    def not_approved(self, name: str) -> str:
        """After refusing."""
        return self._say("没有同意<b>{name}</b>的加入。需要的话请重新邀请。", name=name)
