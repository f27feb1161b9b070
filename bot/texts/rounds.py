"""What is read of roll calls (平安报到) and household tasks, by those asked and by who called."""

from collections.abc import Sequence
from datetime import datetime

from bot.cases.rounds import Tally
from bot.texts.language import Phrases, cut

WORDS, WHO = 400, 200
BAR = 10


class RoundTexts:
    """Sentences of roll calls and tasks."""

    _say: Phrases

    def rollcall_card(
        self, place: str, words: str, closes: datetime, tally: Tally, *, told: bool, who: str, case: str | None
    ) -> str:
        """Asks the one who looks after a household group whether everybody is safe."""
        asked = (
            self._say("一共 {count} 户，请在 {closes} 前报给我。", count=tally.households, closes=closes)
            if tally.households
            else self._say("请在 {closes} 前报给我。", closes=closes)
        )
        head = self._say("🚨 <b>平安报到　{place}</b>\n原因：{words}", place=place, words=cut(words, WORDS))
        counts = self.round_counts(tally) if told else self._say("<b>大家都平安吗？点一下就行。</b>")
        named = [self._say("🏠 要帮忙的：{who}", who=cut(who, WHO))] if who else []
        made = [self._say("已报成案件 <b>{case}</b>", case=case)] if case else []
        return "\n".join([head, asked, "", counts, *named, *made])

    def round_counts(self, tally: Tally) -> str:
        """What was counted of a roll call."""
        said = self._say(
            "✅ 平安 {done} · 🆘 需要帮助 {help} · ☎️ 没联系上 {missing}",
            done=tally.done,
            help=tally.help,
            missing=tally.missing,
        )
        left = tally.households - tally.told
        if not tally.households or not left:
            return said
        if left > 0:
            return f"{said}\n{self._say('还差 {count} 户没报。', count=left)}"
        return f"{said}\n{self._say('比登记的 {count} 户多，请看看对不对。', count=tally.households)}"

    def all_safe(self, households: int, only_the_rest: bool) -> str:
        """Button."""
        phrase = "✅ 其余平安（{raw_count} 户）" if only_the_rest else "✅ 全部平安（{raw_count} 户）"
        return self._say(phrase, raw_count=households)

    def one_help(self) -> str:
        """Button."""
        return self._say("🆘 要帮助 +1")

    def one_missing(self) -> str:
        """Button."""
        return self._say("☎️ 没联系上 +1")

    def round_type(self) -> str:
        """Button."""
        return self._say("✍️ 打字报数")

    def round_anew(self) -> str:
        """Button."""
        return self._say("↩️ 重新报")

    def say_who(self) -> str:
        """Button."""
        return self._say("🏠 说说谁要帮忙")

    def who_case(self) -> str:
        """Button."""
        return self._say("📣 报成案件，有人管")

    def ask_three(self) -> str:
        """Asks for the three numbers."""
        return self._say("请发三个数：平安、需要帮助、没联系上。比如：30 2 3")

    def ask_one(self) -> str:
        """Asks for one number."""
        return self._say("一共完成了几户？发个数字就行。")

    def ask_who(self) -> str:
        """Asks who needs help."""
        return self._say("哪一户、要什么帮助？比如：302 王大爷，要送药。")

    def round_again(self) -> str:
        """Above a card that is sent once more."""
        return self._say("⏰ 还没收到您的消息，麻烦看一下：")

    def rollcall_thanks(self) -> str:
        """Toast."""
        return self._say("收到，谢谢您！")

    def who_reported(self, number: str) -> str:
        """Toast (plain text)."""
        return self._say("已报成案件 {raw_number}", raw_number=number)

    def task_card(self, place: str, title: str, due: datetime, tally: Tally) -> str:
        """A task for a household group: how many of its households are done."""
        known = tally.households > 0
        lines = [
            self._say("📋 <b>{title}</b>", title=cut(title, WORDS)),
            self._say("{place}　{due} 前完成", place=place, due=due),
            "",
            self._say("已完成 <b>{done}/{all}</b> 户", done=tally.done, all=tally.households)
            if known
            else self._say("已完成 <b>{done}</b> 户", done=tally.done),
            self._bar(tally) if known else "",
            self._say("🎉 全部完成，辛苦您了！") if known and tally.done >= tally.households else "",
        ]
        return "\n".join(lines).rstrip()

    def _bar(self, tally: Tally) -> str:
        full = tally.done * BAR // tally.households
        return "▓" * full + "░" * (BAR - full)

    def task_all(self) -> str:
        """Button."""
        return self._say("✅ 全部完成")

    def call_where(self, kind: str) -> str:
        """Which part of the town is asked?"""
        if kind == "task":
            return self._say("这项任务交给哪里？点进去选，选好点「就这里」。")
        return self._say("请哪里的中心户报平安？点进去选，选好点「就这里」。")

    def call_here(self, name: str) -> str:
        """Chooses the place shown (a button with its name)."""
        return self._say("✔️ 就这里：{raw_name}", raw_name=name)

    def call_words(self, kind: str, place: str) -> str:
        """Asks for the reason, or the title."""
        if kind == "task":
            return self._say("<b>{place}</b>：是什么任务？一句话，比如：反诈APP安装。", place=place)
        return self._say("<b>{place}</b>：为什么要报平安？一句话，比如：台风过境。", place=place)

    def call_warning(self) -> str:
        """The reason reads like a public warning, without its issuer."""
        return self._say(
            "里面有像“红色预警”的话。这种预警只能由政府和气象部门发布。如果是转发，请整条重新写，最后空一格写明来源，例如："
            "暴雨红色预警，请报平安 来源：镇江市气象台 11月25日8时发布"
        )

    def call_until(self, kind: str, count: int, households: int, words: str, *, second: bool) -> str:
        """Until when? Choosing sends it, or asks a second person whether it may be sent."""
        facts = {"count": count, "households": households, "words": cut(words, WORDS)}
        if kind == "task":
            asked = self._say(
                "“{words}”\n要交给 {count} 位中心户、楼栋长，共 {households} 户。什么时候完成？点了就发出。", **facts
            )
        else:
            asked = self._say(
                "“{words}”\n要发给 {count} 位中心户，共 {households} 户。报到什么时候？点了就发出。", **facts
            )
        return f"{asked}\n{self._say('人数较多，要另一位管理员或研判员同意后才发。')}" if second else asked

    def round_ask(self, kind: str, caller: str, place: str, words: str, count: int, closes: datetime) -> str:
        """Asks a second person whether it may go out to so many."""
        facts = {"caller": caller, "place": place, "words": cut(words, WORDS), "count": count, "closes": closes}
        if kind == "task":
            return self._say(
                "📋 {caller}要把任务交给<b>{place}</b>的 {count} 位中心户、楼栋长，{closes} 前完成。"
                "人多，要您也同意才发。\n“{words}”",
                **facts,
            )
        return self._say(
            "🚨 {caller}要请<b>{place}</b>的 {count} 位中心户报平安，{closes} 结束。"
            "人多，要您也同意才发，请马上看一下。\n“{words}”",
            **facts,
        )

    def round_unsent(self, kind: str, place: str, words: str, number: int, *, waits: bool, refused: bool) -> str:
        """In place of the table, while it waits for a second person, and after it was not sent."""
        if waits:
            stand = self._say("⏳ 等另一位管理员或研判员同意，同意了马上发。")
        elif refused:
            stand = self._say("❌ 另一位没有同意，没有发。")
        else:
            stand = self._say("⏹ 没有发。")
        return "\n".join([self._round_title(kind, place, number), self._say("{words}", words=cut(words, WORDS)), stand])

    def _round_title(self, kind: str, place: str, number: int) -> str:
        facts = {"place": place, "number": number}
        return self._say(
            "📋 <b>任务 {number}　{place}</b>" if kind == "task" else "🚨 <b>平安报到 {number}　{place}</b>", **facts
        )

    def call_waits(self, count: int) -> str:
        """A second person was asked."""
        return self._say("已请另一位管理员或研判员同意，同意后马上发给 {count} 位。", count=count)

    def until(self, choice: str) -> str:
        """A button with a time to choose."""
        phrase = {
            "1": "1 小时内",
            "3": "3 小时内",
            "eve": "今晚 20:00",
        }[choice]
        return self._say(phrase)

    def due_in(self, choice: str) -> str:
        """A button with a day to choose."""
        phrase = {"1": "明天", "3": "3 天", "7": "7 天", "30": "30 天"}[choice]
        return self._say(phrase)

    def call_nobody(self) -> str:
        """Nobody would be asked there (plain text)."""
        return self._say("这里还没有登记中心户，没有人可以问。")

    def called(self, count: int) -> str:
        """It is on its way."""
        return self._say("已发给 {count} 位，下面的表会自动更新。", count=count)

    def call_privately(self) -> str:
        """/rollcall or /task in a group."""
        return self._say("请私下发给我，结果只给您看。")

    def round_end(self) -> str:
        """Button."""
        return self._say("⏹ 现在结束")

    def round_ended(self) -> str:
        """Toast."""
        return self._say("好的，结束了。")

    def round_board(
        self,
        kind: str,
        place: str,
        words: str,
        closes: datetime,
        *,
        over: bool,
        answered: int,
        asked: int,
        without: int,
        sums: Tally,
        lines: Sequence[str],
        number: int,
    ) -> str:
        """The table for who called: one message, changed as answers come."""
        when = self._say("<b>已结束。</b>") if over else self._say("⏰ {closes} 结束", closes=closes)
        counted = (
            self._say(
                "已完成 <b>{done}/{all}</b> 户（{percent}%）",
                done=sums.done,
                all=sums.households,
                percent=_percent(sums),
            )
            if kind == "task"
            else self.round_counts(sums)
        )
        more = self._say("另有 {count} 处没有登记中心户，问不到。", count=without) if without else ""
        told = self._say("<b>{answered}/{asked}</b> 处有回音", answered=answered, asked=asked)
        body = [
            self._round_title(kind, place, number),
            cut(self._say("{words}", words=words), WORDS),
            when,
            "",
            told,
            counted,
            more,
            "",
            *lines,
        ]
        return _within("\n".join(body))

    def board_need(self, place: str, count: int, who: str, case: str | None) -> str:
        """A household group in which somebody needs help."""
        said = self._say("🆘 {place}：{count} 户需要帮助", place=place, count=count)
        named = f"{said}（{self._say('{who}', who=cut(who, WHO))}）" if who else said
        return f"{named} {case}" if case else named

    def board_silent(self, place: str) -> str:
        """One that has not answered."""
        return self._say("⬜ {place}：还没报", place=place)

    def board_row(self, kind: str, place: str, tally: Tally) -> str:
        """One that has."""
        facts = {"place": place, "done": tally.done, "all": tally.households}
        if kind == "task":
            return self._say("· {place}：{done}/{all}", **facts)
        if tally.help or tally.missing or tally.done != tally.households:
            return self._say(
                "· {place}：平安 {done}，要帮助 {help}，没联系上 {missing}",
                **facts,
                help=tally.help,
                missing=tally.missing,
            )
        return self._say("✅ {place}：{done} 户平安", **facts)

    def board_sum(self, kind: str, place: str, told: int, asked: int, sums: Tally) -> str:
        """Many household groups of one place."""
        facts = {"place": place, "told": told, "asked": asked, "done": sums.done, "all": sums.households}
        if kind == "task":
            return self._say("· {place}：{done}/{all} 户（{told}/{asked} 处有回音）", **facts)
        return self._say(
            "· {place}：{told}/{asked} 处已报，平安 {done}，要帮助 {help}，没联系上 {missing}",
            **facts,
            help=sums.help,
            missing=sums.missing,
        )

    def at(self, moment: datetime) -> str:
        """A time (plain text)."""
        return self._say.moment(moment)

    def round_line(self, number: int, kind: str, place: str, words: str, closes: datetime) -> str:
        """A round in one line (plain text)."""
        phrase = "任务" if kind == "task" else "平安报到"
        return self._say(
            "{number} {raw_kind}　{raw_place}　{raw_words}　{closes} 结束",
            number=number,
            raw_kind=self._say(phrase),
            raw_place=place,
            raw_words=words,
            closes=closes,
        )

    def round_head(self, kind: str) -> list[str]:
        """The head of the sheet of a round (plain text)."""
        front = [self._say("地点"), self._say("户数")]
        if kind == "task":
            return [*front, self._say("已完成"), self._say("完成率"), self._say("更新时间")]
        return [*front, self._say("平安"), self._say("需要帮助"), self._say("没联系上"), self._say("更新时间")]


def _percent(sums: Tally) -> int:
    return round(100 * sums.done / sums.households) if sums.households else 0


def _within(text: str, most: int = 3900) -> str:
    """Whole lines, as many as one message takes."""
    lines, length = list[str](), 0
    for line in text.split("\n"):
        length += len(line.encode("utf-16-le")) // 2 + 1
        if length > most:
            return "\n".join([*lines, "…"])
        lines.append(line)
    return "\n".join(lines)
