"""What the reporter reads of a report that is written: the review card, the receipt, reminders of a draft."""

from collections.abc import Sequence

from bot.cases.draft import Ask
from bot.texts.language import Phrases, cut

ABOUT = 40
"""UTF-16 units of a matter or of somebody's words by which they know again what they told."""
LONG_STORY, BEGINNING = 400, 240
"""Characters of a story that fill a small screen, and what of a longer one is shown."""
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
        body = [
            self._say("{raw_label}：{words}", raw_label=label, words=self._in_short(words)) for label, words in lines
        ]
        body += [self._say("{ask} {answer}", ask=ask, answer=cut(words, ANSWER)) for ask, words in answers]
        if media:
            body.append(self._say("📎 照片、视频、语音等 {count} 份", count=media))
        if contact:
            body.append(self._say("联系：{raw_contact}", raw_contact=contact))
        return "\n".join([head, *body])

    def _in_short(self, words: str) -> str:
        """A long story by its beginning, so that the card fits a small screen; the case has all of it."""
        if len(words) <= LONG_STORY:
            return cut(words, WORDS)
        whole = self._say("（共{count}字，都记下了）", count=len(words))
        return f"{cut(words, BEGINNING)}{whole}"

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
        return self._say("有事由我转告，办的人看不到您的姓名号码。怕人知道就点「保密提交」，不进工作群")

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

    def submitted(self, number: str, *, sealed: bool = False) -> str:
        """In place of the review card; `sealed`: it was asked for, or the matter is secret anyway."""
        phrase = (
            "✅ 已提交，编号 <b>{number}</b>\n🔒 这件保密，不进工作群。"
            if sealed
            else "✅ 已提交，编号 <b>{number}</b>"
        )
        return self._say(phrase, number=number)

    def see_menu(self) -> str:
        """Once, after the first report; the menu comes with it."""
        return self._say("以后点下面的「我的上报」，随时看进展。")

    def submitted_already(self, number: str) -> str:
        """A second press on 提交 (an alert knows no marks)."""
        return self._say("已经提交过了，编号 {raw_number}", raw_number=number)

    def draft_waits(self, step: int, about: str, *, danger: bool) -> str:
        """A draft that rests: after half an hour, after a day. `about`: its matter, or else its first words."""
        what = self._say("「{about}」", about=cut(about, ABOUT)) if about else ""
        if step == 1:
            return self._say("您刚才说的事{raw_what}还没报完，接着说吗？", raw_what=what)
        if danger:
            return self._say(
                "您昨天说的事{raw_what}还没提交。要不要就这样交上来？您不回，后天我替您交。", raw_what=what
            )
        return self._say("您昨天说的事{raw_what}还没提交。要不要就这样交上来？您不回，后天就删掉。", raw_what=what)

    def ask_another(self, matter: str) -> str:
        """Words that tell of another matter than the open draft."""
        return self._say("这是另一件事吗？还是和「{matter}」同一件？", matter=matter)

    def another(self) -> str:
        """Button: another matter."""
        return self._say("另一件")

    def same(self) -> str:
        """Button: the same matter."""
        return self._say("同一件")

    def another_waits(self) -> str:
        """The other matter is kept until this one is done."""
        return self._say("那件我记着了，先把这件报完。")

    def now_the_other(self, words: str) -> str:
        """One report is done, the one told meanwhile is next."""
        if not words:
            return self._say("接着报刚才的另一件。")
        return self._say("接着报刚才的另一件：“{words}”", words=cut(words, ABOUT))

    def asked_for(self, ask: Ask) -> str:
        """What was asked for, in a word."""
        labels = {
            Ask.DANGER: self.label_danger(),
            Ask.WORDS: self.label_words(),
            Ask.WHERE: self.label_place(),
            Ask.PHOTO: self._say("照片"),
            Ask.CONTACT: self.label_contact(),
        }
        return labels[ask]

    def skip_gone(self) -> str:
        """跳过 under a question that is no longer asked."""
        return self._say("那一问现在不用答了，我们接着来。")

    def skip_answered(self, label: str) -> str:
        """跳过 under a question that was answered."""
        return self._say("「{label}」您说过了，不用跳过。", label=label)

    def skip_again(self, label: str) -> str:
        """跳过 a second time."""
        return self._say("「{label}」已经跳过了，我们接着来。", label=label)

    def skipped_that(self, label: str) -> str:
        """跳过 under an older question that is still open."""
        return self._say("好的，「{label}」跳过了。", label=label)

    def cannot_skip(self) -> str:
        """跳过 where something is needed."""
        return self._say("这一步跳不过去，答一下就好。")

    def nothing_to_skip(self) -> str:
        """跳过 on the review card."""
        return self._say("都问完了，没有要跳过的。")

    def place_stays(self, place: str) -> str:
        """跳过 where the place was to be changed."""
        return self._say("好的，地点还是：{place}。", place=place)

    def go_on(self) -> str:
        """Button: the next question of the draft."""
        return self._say("接着说")

    def submit_as_is(self) -> str:
        """Button."""
        return self._say("就这样提交")
