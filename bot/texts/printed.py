"""What is printed on paper: invitations to cut out, cards with the person responsible, posters (plain text)."""

from bot.texts.language import Phrases


class PrintedTexts:
    """Words of cards and posters."""

    _say: Phrases

    def paper_invitation(self) -> str:
        """Small head of an invitation."""
        return self._say("伢叔 · 邀请您加入")

    def paper_invitation_how(self) -> str:
        """How an invitation is used."""
        return self._say("扫码打开 Telegram，点「开始」")

    def paper_name(self) -> str:
        """Where whoever gives out a card without a name writes one."""
        return self._say("姓名：＿＿＿＿＿")

    def paper_once(self) -> str:
        """How long, and for whom."""
        return self._say("30 天内有效，只能用一次")

    def paper_cut(self, role: str, place: str, page: int, pages: int) -> str:
        """Foot of a sheet."""
        facts = {"raw_role": role, "raw_place": place, "page": page, "pages": pages}
        return self._say("{raw_place} {raw_role}　沿虚线剪开　第 {page} / {pages} 页", **facts)

    def paper_your(self, role: str) -> str:
        """Small head of a contact card."""
        return self._say("您的{raw_role}", raw_role=role)

    def paper_hours(self, hours: str) -> str:
        """When somebody is there."""
        return self._say("时间：{raw_hours}", raw_hours=hours)

    def paper_phone(self, phone: str) -> str:
        """The telephone of somebody who agreed."""
        return self._say("电话：{raw_phone}", raw_phone=phone)

    def paper_scan(self) -> str:
        """Beside the code of a contact card."""
        return self._say("有事扫码告诉伢叔")

    def paper_ways(self) -> str:
        """The second line beside the code."""
        return self._say("打字、拍照、说话都行")

    def poster_title(self) -> str:
        """The largest words of a poster."""
        return self._say("遇事找网格员")

    def poster_scan(self) -> str:
        """Under the code of a poster."""
        return self._say("手机扫一扫，有事告诉伢叔")

    def poster_how(self) -> tuple[str, str, str]:
        """Three steps."""
        return (
            self._say("① 打字、拍照、说话，一句话就行"),
            self._say("② 每件事都有编号、有人管、有回音"),
            self._say("③ 办的人看不到您是谁"),
        )

    def poster_danger(self) -> str:
        """The last line of a poster."""
        return self._say("有危险先打电话：110 报警　119 火警　120 急救　122 交通")
