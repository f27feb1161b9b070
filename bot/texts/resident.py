"""What residents and whistleblowers read while they report. Plain, warm, short; one question at a time."""

from collections.abc import Sequence

from bot.cases.matter import Advice, Matter, Question
from bot.texts.language import Phrases


class ResidentTexts:
    """Sentences of the way from the first word to the receipt."""

    language: str
    _say: Phrases

    def welcome(self, district: str) -> str:
        """The first thing anybody reads after /start."""
        return self._say(
            "您好，这里是<b>{district}伢叔</b>。\n身边有什么不对劲的事，直接告诉我就行：<b>打字、拍照、发语音、发位置</b>都可以。\n"
            "每件事都有编号、有人管、有回音。\n\n遇到危险请先打电话：110 报警 · 119 火警 · 120 急救 · 122 交通",
            district=district,
        )

    def privacy(self) -> str:
        """Shown once, with the first answer: what is kept, who sees it, how long, how to delete."""
        return self._say(
            "先跟您说清楚：您发来的内容只用来办这件事，办理的人看不到您是谁。内容随案件保存，办结后到期归档。"
            "想删除您的资料，随时发 /forget。"
        )

    def agree(self) -> str:
        """Button."""
        return self._say("好的，同意")

    def disagree(self) -> str:
        """Button."""
        return self._say("不同意")

    def agreed(self) -> str:
        """After agreeing."""
        return self._say("谢谢您！")

    def disagreed(self) -> str:
        """After refusing: the report is taken all the same."""
        return self._say("明白。您的事照样受理，办结后我们就删掉您和这件事的联系。")

    def menu_report(self) -> str:
        """Menu button."""
        return self._say("📣 我要反映")

    def menu_mine(self) -> str:
        """Menu button."""
        return self._say("📋 我的上报")

    def menu_help(self) -> str:
        """Menu button."""
        return self._say("❓ 怎么用")

    def help(self) -> str:
        """How it works."""
        return self._say(
            "怎么用，三句话：\n1. 有事直接发给我：文字、照片、视频、语音、位置都行。\n2. 我缺什么问什么，您点按钮就好。\n"
            "3. 发「我的上报」看进展；发编号也能查。\n\n/cancel 不报了 · /language 换语言 · /forget 删除我的资料"
        )

    def tell_me(self) -> str:
        """Asks for the first words."""
        return self._say("请说说是什么事。打字、拍照、发语音都可以。")

    def choose_matter(self) -> str:
        """Above the suggestions."""
        return self._say("这是哪一类事？点一下最像的。")

    def choose_group(self) -> str:
        """Above the shelves."""
        return self._say("是哪方面的事？")

    def choose_in_group(self) -> str:
        """Above the matters of a shelf."""
        return self._say("具体是哪一种？")

    def none_of_these(self) -> str:
        """Button under the suggestions."""
        return self._say("都不是，看全部")

    def back(self) -> str:
        """Button."""
        return self._say("‹ 返回")

    def matter_name(self, matter: Matter) -> str:
        """The name of a matter in this language (not escaped: for buttons)."""
        return matter.name if self.language == "zh" else matter.name_en

    def ask_words(self) -> str:
        """There is a matter but nobody said what happened."""
        return self._say("请说说具体情况，一句话就行，语音也可以。")

    def ask_where(self, first_time: bool) -> str:
        """Where it is; the first time with the sentence about the location."""
        said = self._say("在什么地方？\n点下面的「📍 发送我的位置」，或打字告诉我，比如“新茂社区3栋楼下”。")
        return said + ("\n" + self._say("位置只用来找到现场，不用来找您。") if first_time else "")

    def share_location(self) -> str:
        """Reply button that asks the phone for its location."""
        return self._say("📍 发送我的位置")

    def choose_place(self) -> str:
        """Reply button: choose from the list of places."""
        return self._say("🏘 从社区里选")

    def same_place(self, place: str) -> str:
        """Button: the place of the last report."""
        return self._say("就在{raw_place}", raw_place=place)

    def choose_node(self) -> str:
        """Above a list of places."""
        return self._say("请选地方：")

    def here(self) -> str:
        """Button: this place is near enough."""
        return self._say("就是这里")

    def skip(self) -> str:
        """Button."""
        return self._say("跳过")

    def cancel(self) -> str:
        """Button."""
        return self._say("不报了")

    def ask_photo(self) -> str:
        """Asks once for a picture."""
        return self._say("有照片或视频吗？拍一张更快办好。没有就点「跳过」。")

    def ask_danger(self) -> str:
        """Asks whether it is still dangerous."""
        return self._say("现在还有危险吗？")

    def danger_yes(self) -> str:
        """Button."""
        return self._say("有，正在发生")

    def danger_no(self) -> str:
        """Button."""
        return self._say("没有")

    def ask_contact(self) -> str:
        """Asks whether the unit may ask back through the bot."""
        return self._say(
            "办理的人要是有不清楚的，可以通过我问您吗？\n他们看不到您的姓名和号码。选「替我保密」，连内容也不进工作群。"
        )

    def contact_yes(self) -> str:
        """Button."""
        return self._say("可以问我")

    def contact_sealed(self) -> str:
        """Button."""
        return self._say("🔒 替我保密")

    def question(self, question: Question) -> str:
        """A question of the matter."""
        return self._say("{ask}", ask=question.ask if self.language == "zh" else question.ask_en)

    def choices(self, question: Question) -> Sequence[tuple[str, str]]:
        """The answers to tap: (answer as it is kept, words on the button)."""
        if question.answers == ("yes", "no"):
            return (("yes", self._say("是")), ("no", self._say("不是")))
        words = question.choices if self.language == "zh" else question.choices_en
        return tuple(zip(question.choices, words, strict=True))

    def danger_advice(self, numbers: Sequence[str], advice: Advice | None) -> str:
        """What comes before everything else when somebody is in danger."""
        calls = "　".join(f"☎️ <b>{number}</b>" for number in numbers)
        lines = () if advice is None else (advice.lines if self.language == "zh" else advice.lines_en)
        said = [
            self._say("‼️ <b>请先打电话，再回来跟我说</b>"),
            calls,
            *(self._say("· {line}", line=one) for one in lines),
        ]
        return "\n".join(part for part in said if part)

    def going_on(self) -> str:
        """After the advice: the report goes on."""
        return self._say("您这里我同时在报。")

    def confidential_matter(self) -> str:
        """Of a matter whose details are not asked for."""
        return self._say("这类事我不追问细节。您愿意说的，只有专人能看到。")

    def call_instead(self, numbers: Sequence[str]) -> str:
        """A matter that another authority takes."""
        return self._say("这类事由专门机关受理，请直接拨打 {numbers}，对方会为您保密。", numbers="、".join(numbers))

    def got_it(self) -> str:
        """Something more was added to the draft."""
        return self._say("收到了。")

    def got_more(self, count: int) -> str:
        """An album or several pieces came."""
        return self._say("收到 {count} 份照片或文件。", count=count)

    def expected(self) -> str:
        """Something came that cannot be used at this step; the question follows."""
        return self._say("这个我用不上，不过没关系。")

    def nothing_open(self) -> str:
        """A button of a draft that is gone."""
        return self._say("这一步已经过去了。有新的事，直接告诉我就行。")

    def cancelled(self) -> str:
        """After /cancel."""
        return self._say("好的，这次不报了。有事随时找我。")

    def nothing_to_cancel(self) -> str:
        """/cancel without a draft."""
        return self._say("现在没有没报完的事。有事直接告诉我就行。")

    def too_large(self) -> str:
        """A file over 20 MB."""
        return self._say("这个文件超过 20 MB，我取不下来。它的编号我记下了；请再发一段短一点的（30 秒以内就够）。")

    def choose_language(self) -> str:
        """In both languages on purpose."""
        return "请选择语言 / Choose your language"

    def language_set(self) -> str:
        """After choosing."""
        return self._say("好的，以后用中文。")

    def unusable(self, kind: str) -> str:
        """A kind of message that is neither evidence nor an answer."""
        return self._say("这个我看不懂，请打字、拍照、发语音或发位置。") if kind else self.expected()
