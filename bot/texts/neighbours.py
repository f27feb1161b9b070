"""What residents read of those who are responsible for their building, and of the staff card somebody shows them."""

from collections.abc import Sequence
from datetime import datetime

from bot.texts.language import Phrases, cut

PLACE = 150


class NeighbourTexts:
    """Sentences of 我的网格员."""

    _say: Phrases

    def menu_grid(self) -> str:
        """Menu button."""
        return self._say("👷 我的网格员")

    def where_do_you_live(self) -> str:
        """Asks for the place, above the key that sends a location."""
        return self._say("您住在哪里？点「📍 发送我的位置」，或打字告诉我，比如“新港小区3栋”。")

    def or_choose(self) -> str:
        """Above the list of places."""
        return self._say("也可以在这里选：")

    def unknown_place(self) -> str:
        """Words or a location that mean no place of the grid."""
        return self._say("没找到这个地方。换个说法，或在下面选：")

    def place_given_up(self) -> str:
        """No place was meant again and again: nothing is asked any more."""
        return self._say("还是没找到，先不找了。有事直接告诉我，一样有人管。")

    def responsible_for(self, place: str, lines: Sequence[str]) -> str:
        """Who is responsible."""
        if not lines:
            return self._say(
                "<b>{place}</b>\n这里还没有登记负责的人。有事直接告诉我，一样有人管。", place=cut(place, PLACE)
            )
        return "\n".join([self._say("管<b>{place}</b>的人：", place=cut(place, PLACE)), *lines])

    def directory_of(self, place: str, lines: Sequence[str]) -> str:
        """A page of the public directory."""
        if not lines:
            return self._say("<b>{place}</b> 网格员公示\n这里还没有登记负责的人。", place=cut(place, PLACE))
        return "\n".join([self._say("<b>{place}</b> 网格员公示", place=cut(place, PLACE)), *lines])

    def responsible(self, name: str, role: str, place: str, hours: str | None, phone: str) -> str:
        """One of them; `role` as it is said."""
        said = [self._say("\n<b>{name}</b>　{role}（{place}）", name=name, role=role, place=place)]
        if hours:
            said.append(self._say("🕗 {hours}", hours=hours))
        if phone:
            said.append(self._say("☎️ {phone}", phone=phone))
        return "\n".join(said)

    def pass_it_on(self) -> str:
        """Button: a report that knows the place."""
        return self._say("💬 伢叔转告")

    def another_place(self) -> str:
        """Button."""
        return self._say("换个地方")

    def directory(self) -> str:
        """Button."""
        return self._say("📒 网格员公示")

    def show_staff_card(self) -> str:
        """Button for those at work."""
        return self._say("🪪 出示工作证")

    def newest_page(self) -> str:
        """Button: back to the beginning."""
        return self._say("‹ 第一页")

    def tell_there(self, place: str) -> str:
        """伢叔转告: what shall be passed on?"""
        return self._say(
            "好的，我来转告负责<b>{place}</b>的人。请说说是什么事，打字、拍照、发语音都行。", place=cut(place, PLACE)
        )

    def card_comes(self) -> str:
        """Toast after 出示工作证."""
        return self._say("工作证马上发给您。")

    def card_is_real(self, name: str, state: str, lines: Sequence[str], until: datetime | None, working: bool) -> str:
        """A resident read the code of a staff card."""
        sign = "✅" if working else "⛔️"
        said = [self._say("{sign} <b>{name}</b>　{state}", sign=sign, name=name, state=state)]
        said += [self._say("· {line}", line=line) for line in lines]
        if until:
            said.append(self._say("有效期到 {until}", until=until))
        if working:
            said.append(self._say("请核对姓名和眼前的人是不是一致。他不会向您收钱，也不会要验证码。"))
        else:
            said.append(self._say("这个人现在不上岗，请不要开门。有疑问打 110。"))
        return "\n".join(said)

    def card_is_not(self) -> str:
        """The code is too old, unknown, or was read by somebody else."""
        return self._say(
            "⚠️ 这个码看不了：过了时间，或者已经给别人看过。请他当面重新出示；不肯的话，请不要开门，打 110。"
        )

    def residents_group(self) -> str:
        """Button under /bind: it is a group of residents."""
        return self._say("🏘 居民群")

    def residents_of(self, place: str) -> str:
        """Choice under /bind: the residents of a place somebody looks after (not escaped)."""
        return self._say("🏘 {raw_place}居民群", raw_place=place)

    def whose_residents(self) -> str:
        """Above the places."""
        return self._say("这是哪里的居民群？")

    def residents_bound(self, place: str) -> str:
        """The message that is pinned in a group of residents."""
        return self._say(
            "🏘 这里是<b>{place}</b>的居民群。\n有事点下面的按钮，私下告诉伢叔：打字、拍照、说话都行，群里谁也看不到。\n"
            "发 /mygrid 看网格员是谁。",
            place=cut(place, PLACE),
        )

    def notice(self, words: str, name: str, quote: str = "") -> str:
        """A notice as it stands in the group, and whose warning it passes on."""
        said = self._say("📌 <b>通知</b>\n{words}\n—— {name}", words=cut(words, 3000), name=name)
        return f"{said}\n{self._say('来源：{quote}', quote=quote)}" if quote else said

    def notice_warning(self) -> str:
        """/notice with words that read like a public warning, without its issuer."""
        return self._say(
            "里面有像“红色预警”的话。这种预警只能由政府和气象部门发布。如果是转发，请在最后空一格写明来源，例如："
            "/notice 暴雨红色预警，请勿外出 来源：镇江市气象台 11月25日8时发布"
        )

    def notice_how(self) -> str:
        """/notice without words."""
        return self._say("请把通知写在后面，例如：/notice 明天上午 9 点停水")

    def notice_pin(self) -> str:
        """Button."""
        return self._say("📌 置顶")

    def notice_drop(self) -> str:
        """Button."""
        return self._say("不发了")

    def notice_pinned(self) -> str:
        """Toast."""
        return self._say("好了。要是没有置顶，请给我“置顶消息”的权限。")
