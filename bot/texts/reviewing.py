"""What the reporter reads of a report that is written: the review card, the receipt, reminders of a draft."""

from collections.abc import Sequence

from bot.texts.language import Phrases, cut

WORDS, ANSWER = 800, 100
"""UTF-16 units on the review card: of the words, and of one answer."""


class ReviewTexts:
    """Sentences about a report before it is a case."""

    _say: Phrases

    def review(
        self, lines: Sequence[tuple[str, str]], answers: Sequence[tuple[str, str]], media: int, contact: str = ""
    ) -> str:
        """The card before submitting: what was said as (label, words), what was answered as (question, words)."""
        head = self._say("<b>请看一眼，没问题就提交</b>")
        body = [self._say("{raw_label}：{words}", raw_label=label, words=cut(words, WORDS)) for label, words in lines]
        body += [self._say("{ask} {answer}", ask=ask, answer=cut(words, ANSWER)) for ask, words in answers]
        if media:
            body.append(self._say("📎 照片、视频、语音等 {count} 份", count=media))
        if contact:
            body.append(self._say("联系：{raw_contact}", raw_contact=contact))
        return "\n".join([head, *body])

    def near(self) -> str:
        """Under the card, when something like it is open nearby."""
        return self._say("附近有人报过类似的事，正在处理。是同一件就点“我也遇到”，有结果也告诉您。")

    def near_one(self, matter: str, metres: int | None, hours: int) -> str:
        """Button: join it."""
        ago = (
            self._say("{count}天前", count=hours // 24)
            if hours >= 24
            else self._say("{count}小时前", count=hours)
            if hours
            else self._say("刚刚")
        )
        away = self._say("约{count}米", count=metres) if metres else self._say("同一片")
        return self._say("🙋 我也遇到：{raw_what}", raw_what=" · ".join((matter, away, ago)))

    def joined(self, number: str) -> str:
        """After 我也遇到."""
        return self._say(
            "记下了，您和大家一起等 <b>{number}</b> 的结果。您说的话和照片也转给了处理的人，不会让别人知道您是谁。",
            number=number,
        )

    def label_matter(self) -> str:
        """Label."""
        return self._say("事项")

    def label_words(self) -> str:
        """Label."""
        return self._say("情况")

    def label_place(self) -> str:
        """Label."""
        return self._say("地点")

    def label_danger(self) -> str:
        """Label."""
        return self._say("现在有危险")

    def label_contact(self) -> str:
        """Label."""
        return self._say("联系")

    def contact_is_open(self) -> str:
        """On the card: they may ask back."""
        return self._say("可以通过伢叔问我")

    def contact_is_sealed(self) -> str:
        """On the card: sealed."""
        return self._say("🔒 替我保密，不进工作群")

    def contact_by_default(self) -> str:
        """On the card: nobody has asked for secrecy."""
        return self._say("通过伢叔问您，看不到姓名号码。怕人知道就点「保密提交」，不进工作群")

    def submit_sealed(self) -> str:
        """Button."""
        return self._say("🔒 保密提交")

    def label_files(self) -> str:
        """Button: photos, films, voices."""
        return self._say("照片等附件")

    def what_about_files(self) -> str:
        """Above what can be done with the files of a draft."""
        return self._say("照片、视频、语音：")

    def drop_files(self, count: int) -> str:
        """Button."""
        return self._say("🗑 {count} 份都不要", count=count)

    def yes(self) -> str:
        """A plain yes."""
        return self._say("是")

    def on_location(self) -> str:
        """A place that is only a point on the map."""
        return self._say("已发送位置")

    def submit(self) -> str:
        """Button."""
        return self._say("✅ 提交")

    def change(self) -> str:
        """Button: change something on the card."""
        return self._say("✏️ 修改")

    def change_what(self) -> str:
        """Above the list of what can be changed."""
        return self._say("要改哪一处？")

    def add_photo(self) -> str:
        """Button: more pictures."""
        return self._say("📷 加照片")

    def submitted(self, number: str) -> str:
        """In place of the review card."""
        return self._say("✅ 已提交，编号 <b>{number}</b>", number=number)

    def see_menu(self) -> str:
        """Once, after the first report; the menu comes with it."""
        return self._say("以后点下面的「我的上报」，随时看进展。")

    def submitted_already(self, number: str) -> str:
        """A second press on 提交 (an alert knows no marks)."""
        return self._say("已经提交过了，编号 {raw_number}", raw_number=number)

    def draft_waits(self, step: int, *, danger: bool) -> str:
        """A draft that rests: after half an hour, after a day."""
        if step == 1:
            return self._say("您刚才说的事还没报完，接着说吗？")
        if danger:
            return self._say("您昨天说的事还没提交。要不要就这样交上来？您不回，后天我替您交。")
        return self._say("您昨天说的事还没提交。要不要就这样交上来？您不回，后天就删掉。")

    def go_on(self) -> str:
        """Button: the next question of the draft."""
        return self._say("接着说")

    def submit_as_is(self) -> str:
        """Button."""
        return self._say("就这样提交")
