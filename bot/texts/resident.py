"""What residents and whistleblowers read while they report. Plain, warm, short; one question at a time."""

from collections.abc import Sequence

from bot.cases.matter import Advice, Group, Matter
from bot.texts.language import Phrases, cut

PLACE = 150
"""UTF-16 units of a place that are repeated."""


class ResidentTexts:
    """Sentences of the way from the first word to the receipt."""

    language: str
    _say: Phrases

    def welcome(self, district: str) -> str:
        """The first thing anybody reads after /start."""
        return self._say(
            "您好，我是<b>{district}伢叔</b>。\n身边有什么事，直接告诉我：<b>打字、拍照、说话、发位置</b>都行。\n"
            "每件事都有编号、有人管、有回音。\n\n有危险先打电话：110 报警 · 119 火警 · 120 急救 · 122 交通",
            district=district,
        )

    def at_place(self, place: str) -> str:
        """Somebody came by the code of a place."""
        return self._say("您在：<b>{place}</b>。这里有什么事？", place=cut(place, PLACE))

    def privacy(self) -> str:
        """Shown once: what is kept, who sees it, how long, how to delete."""
        return self._say("先跟您说清楚：您发来的只用来办这件事，办的人看不到您是谁。结案一个月归档，想删随时能删。")

    def privacy_more(self) -> str:
        """The same at length, behind 详细."""
        return self._say(
            "<b>您的资料怎么用</b>\n"
            "· 记下什么：您发来的文字、照片、视频、语音、位置，和您这个聊天号的编号。\n"
            "· 谁看得到：办这件事的人只看得到事情，看不到您是谁；您的编号加密另存，只用来给您回话。\n"
            "· 存多久：结案一个月后归档。\n"
            "· 怎么删：点下面的「删掉我的资料」；在办的事办完再断开。\n"
            "· 不同意也行，您的事照样办。"
        )

    def privacy_details(self) -> str:
        """Button."""
        return self._say("详细 ›")

    def goes_back(self) -> str:
        """返回 beside the place: the menu comes back."""
        return self._say("好的，回到上一步。")

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
        return self._say("明白了。您的事照样办，办完就断开它和您的联系。")

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
        """How it works; whoever writes only "help" may need it badly."""
        ways = self._say(
            "怎么用，三句话：\n1. 有事直接发给我：文字、照片、视频、语音、位置都行。\n"
            "2. 我缺什么问什么，您点按钮就好；不想报了，说“不报了”。\n"
            "3. 点「我的上报」看进展，发编号也能查。\n\n不会弄就说“找人帮我”。别的在下面："
        )
        return f"{self.call_first()}\n\n{ways}"

    def call_first(self) -> str:
        """The numbers for whoever has no time to write."""
        return self._say("有急事先打：<code>110</code> · <code>119</code> · <code>120</code>")

    def tell_me(self) -> str:
        """Asks for the first words."""
        return self._say("请说说是什么事。打字、拍照、发语音都可以，只用来办这件事。")

    def going_on_with(self) -> str:
        """/start while something is being written."""
        return self._say("刚才的事还没报完，我们接着来。")

    def choose_matter(self) -> str:
        """Above the suggestions."""
        return self._say("这是哪一类事？点一下最像的。")

    def choose_or_place(self, sure: Matter) -> str:
        """Above the suggestions where the first leaves no doubt: the place may come at once."""
        return self._say(
            "这是哪一类事？点一下最像的。\n直接发位置也行，我就记成「{matter}」。", matter=self.matter_name(sure)
        )

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

    def group_name(self, group: Group) -> str:
        """The name of a shelf, with its sign (not escaped: for buttons)."""
        return f"{group.emoji} {group.name if self.language == 'zh' else group.name_en}"

    def ask_words(self) -> str:
        """There is a matter but nobody said what happened."""
        return self._say("请说说具体情况，一句话就行，语音也可以。")

    def ask_words_again(self) -> str:
        """The words are to be replaced."""
        return self._say("请重新说一遍，我用新的换掉旧的。")

    def ask_where(self, first_time: bool, within: str = "") -> str:
        """Where it is; the first time with the sentence about the location.

        `within` is a building or a gate that was named, as every estate has them.
        """
        if within:
            said = self._say(
                "“{within}”在哪个小区、哪个村？\n点「📍 发送我的位置」，或打字告诉我，比如“新港小区”。",
                within=cut(within, PLACE),
            )
        else:
            said = self._say("在什么地方？\n点下面的「📍 发送我的位置」，或打字告诉我，比如“新茂社区3栋楼下”。")
        return said + ("\n" + self._say("位置只用来找现场，不用来找您。") if first_time else "")

    def location_not_kept(self) -> str:
        """Under a question for the grid of somebody, where a location is one way to answer."""
        return self._say("位置只看是哪个网格，看完就忘。")

    def share_location(self) -> str:
        """Reply button that asks the phone for its location."""
        return self._say("📍 发送我的位置")

    def choose_place(self) -> str:
        """Reply button: choose from the list of places."""
        return self._say("🏘 从社区里选")

    def place_known(self, place: str) -> str:
        """The place as it was understood."""
        return self._say("好的，地点：{place}。", place=cut(place, PLACE))

    def point_known(self) -> str:
        """A point that lies in no place we know."""
        return self._say("好的，位置收到了。")

    def without_place(self) -> str:
        """Going on without a place."""
        return self._say("好的，地点先不填。")

    def place_how(self) -> str:
        """They do not know where it is, or said what is no place: the ways to tell it."""
        return self._say("说个小区、路名或店名就行，也可以点下面发位置。")

    def place_left(self) -> str:
        """They did not know it again."""
        return self._say("好的，地点先记“不清楚”，办的人会问。")

    def place_unclear(self) -> str:
        """In place of a place that nobody could tell."""
        return self._say("地点不清楚")

    def is_it_here(self) -> str:
        """Above the places that the words may mean."""
        return self._say("是这里吗？点一下。")

    def not_here(self) -> str:
        """Button: none of these places."""
        return self._say("都不是")

    def choose_node(self, above: str = "") -> str:
        """Above a list of places: those below one, or the topmost."""
        return self._say("{place}，再选小一点：", place=above) if above else self._say("请选地方：")

    def page_before(self) -> str:
        """Button: turn a long list back."""
        return self._say("‹ 上一页")

    def next_page(self) -> str:
        """Button: turn a long list on."""
        return self._say("下一页 ›")

    def here(self) -> str:
        """Button: this place is near enough."""
        return self._say("就是这里")

    def skip(self) -> str:
        """Button."""
        return self._say("跳过")

    def cancel(self) -> str:
        """Button."""
        return self._say("不报了")

    def leave_so(self) -> str:
        """Button: nothing is changed or added."""
        return self._say("不改了")

    def ask_photo(self) -> str:
        """Asks once for a picture."""
        return self._say("有照片或视频吗？拍一张，办得更快。")

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
        """Asks whether the report is to be sealed; anonymous and sealed in one sentence each."""
        return self._say(
            "匿名：每件事都匿名，办的人只看到编号。\n保密：再加一层，不进工作群，只有专人看。\n要不要替您保密？"
        )

    def contact_yes(self) -> str:
        """Button."""
        return self._say("不用保密")

    def contact_sealed(self) -> str:
        """Button."""
        return self._say("🔒 替我保密")

    def danger_advice(self, numbers: Sequence[str], advice: Advice | None) -> str:
        """What comes before everything else when somebody is in danger. A tap copies a number: Telegram dials none."""
        calls = "　".join(f"☎️ <code>{number}</code>" for number in numbers)
        lines = () if advice is None else (advice.lines if self.language == "zh" else advice.lines_en)
        said = [self._say("‼️ <b>请先打电话</b>"), calls, *(self._say("· {line}", line=one) for one in lines)]
        return "\n".join(part for part in said if part)

    def going_on(self) -> str:
        """After the advice: the report goes on."""
        return self._say("打完电话，接着跟我说，点几下就能报上去。")

    def danger_elsewhere(self) -> str:
        """Under the advice, when words of danger were said while something else was asked."""
        return self._say("打完电话，有险情点下面就能报，不用再打一遍字。")

    def report_danger(self) -> str:
        """Button: make a report of these words."""
        return self._say("🚨 马上报险情")

    def confidential_matter(self) -> str:
        """Of a matter whose details are not asked for."""
        return self._say("细节我不问。您愿意说的，只有专人能看到。")

    def hotline(self, numbers: Sequence[str]) -> str:
        """A matter that has its own number."""
        return self._say("这类事也可以直接打 {numbers}。", numbers=self._say("、").join(numbers))

    def noted(self) -> str:
        """Something came that was not asked for just then, and is kept."""
        return self._say("记下了。")

    def corrected(self) -> str:
        """An earlier message was edited."""
        return self._say("好的，按您改过的记。")

    def edit_too_late(self) -> str:
        """An earlier message was edited that nothing is made of any more."""
        return self._say("您改的这条，我没法跟着改了。要补充报过的事，点“我的上报”；别的，直接再写给我就行。")

    def expected(self) -> str:
        """Something came that cannot be used."""
        return self._say("这个我看不懂。您打字、拍照、发语音、发位置都行。")

    def no_cards(self) -> str:
        """Somebody sent a card with a telephone number."""
        return self._say("电话号码不用留，我没有收。办的人有话会通过我问您。")

    def too_many(self) -> str:
        """More files than a draft takes."""
        return self._say("照片、视频够多了，这一份没有收。提交以后还可以再补充。")

    def too_large(self) -> str:
        """A file over 20 MB."""
        return self._say("这个文件超过 20 MB，我打不开，先记了个编号。请再发一段短的，30 秒就够。")

    def cancelled(self) -> str:
        """After /cancel."""
        return self._say("好的，这次不报了。有事随时找我。")

    def left_off(self) -> str:
        """After /cancel, when it was no report: a notice, a correction, a question."""
        return self._say("好的，先不办了。有事随时找我。")

    def nothing_to_cancel(self) -> str:
        """/cancel without a draft."""
        return self._say("现在没有做到一半的事。有事直接告诉我。")

    def choose_language(self) -> str:
        """In both languages on purpose."""
        return "请选择语言 / Choose your language"

    def language_set(self) -> str:
        """After choosing."""
        return self._say("好的，以后用中文。")
