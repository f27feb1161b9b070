"""What is answered to words that are no story: hello, who are you, a way to a human, how far is my case."""

from collections.abc import Sequence

from bot.cases.plain_words import Plain
from bot.texts.language import Phrases


class PlainTexts:
    """Short and warm; the question that was open follows."""

    _say: Phrases

    def kindly(self, plain: Plain) -> str:
        """An answer to words that say nothing about the matter."""
        return {
            Plain.GREETING: self._say("您好，我在呢！有什么事，直接告诉我就行。"),
            Plain.THANKS: self._say("不客气，应该的。有事随时找我。"),
            Plain.WHO: self._say("我是伢叔，帮大家传话的机器人。您说的事，有真人来办。"),
            Plain.WHY: self._say("问这一句，是想早点找对人来办。"),
            Plain.UNSURE: self._say("不要紧，慢慢来。"),
            Plain.CROSS: self._say("让您着急了，对不住。您慢慢说，我听着。"),
        }.get(plain, self._say("我在听。有什么事，直接告诉我就行。"))

    def unsure_which(self) -> str:
        """不知道, where it was asked what it is about."""
        return self._say("不要紧，是哪一类，工作人员来定。")

    def which_of_these(self) -> str:
        """好, where several were offered."""
        return self._say("是哪一个？点一下，或者打 1、2、3。")

    def taken_as(self, matter: str) -> str:
        """More of the story, or the place, where one matter was likely and nobody said no."""
        return self._say("记下了，先按「{matter}」报，不对您再改。", matter=matter)

    def goes_on_telling(self) -> str:
        """More of the story, where it was asked twice what it is about."""
        return self._say("记下了。是哪一类，最后再看。")

    def passed_over(self) -> str:
        """The same was asked often enough: it is left open."""
        return self._say("这一问先空着，办的人再问您。")

    def stuck_here(self) -> str:
        """The same was asked twice and nothing came of it, and there is nothing to skip."""
        return self._say("不要紧，说不清也可以找人帮您。")

    def stuck_at_card(self) -> str:
        """The same on the review card."""
        return self._say("都记在上面了。没问题就点「就这样提交」。")

    def find_me_help(self) -> str:
        """Button."""
        return self._say("🙋 找人帮我")

    def what_happened(self) -> str:
        """Somebody is cross and tells nothing yet."""
        return self._say("让您着急了，对不住。出什么事了？您慢慢说，我听着。")

    def still_cross(self) -> str:
        """And is cross again; who can be talked to follows."""
        return self._say("您心里有气，我知道。想跟人说说也行。")

    def who_helps(self, place: str, people: Sequence[str], kindly: str = "") -> str:
        """A way to a human, after kind words: who is responsible here (made lines), and the number of the city."""
        said = [kindly or self._say("不要紧，可以找人帮您。")]
        if people:
            said += [self._say("{place}的网格员：", place=place), *people]
        said.append(self._say("打 ☎️ <code>12345</code>，有人听您说。也可以点下面，请人来联系您。"))
        return "\n".join(said)

    def let_me_be_contacted(self) -> str:
        """Button: somebody is to get in touch."""
        return self._say("🙋 请人联系我")

    def my_grid_member(self) -> str:
        """Button."""
        return self._say("👷 我的网格员")

    def go_on_telling(self) -> str:
        """Button: back to the report that is open."""
        return self._say("‹ 接着报")

    def wish_filed(self, number: str) -> str:
        """请人联系我 was pressed."""
        return self._say("登记好了，编号 <b>{number}</b>。会有人在这里给您发消息。", number=number)

    def wish_number(self) -> str:
        """After it: a telephone number, if they like."""
        return self._say("想接电话，就点下面把号码发来；不方便也没关系。")

    def wish_words(self) -> str:
        """What the report says that is made of it."""
        return self._say("想请人联系：自己在这里说不清，或者不会用。")

    def wish_number_kept(self) -> str:
        """They sent their number."""
        return self._say("好的，会有人打电话给您。号码只给经办的人看。")

    def wish_without_number(self) -> str:
        """They send none."""
        return self._say("好的，就在这里给您发消息。")

    def way_follow(self) -> str:
        """Button of the help."""
        return self._say("🔔 关注地点")

    def way_apply(self) -> str:
        """Button of the help."""
        return self._say("🙋 当吹哨员")

    def way_language(self) -> str:
        """Button of the help."""
        return self._say("🌐 换语言")

    def way_data(self) -> str:
        """Button: everything that was reported, as a file."""
        return self._say("📦 下载我的资料")

    def way_forget(self) -> str:
        """Button."""
        return self._say("🗑 删掉我的资料")

    def code_unknown(self) -> str:
        """A QR code or link of no place that we know."""
        return self._say("这个码我没认出来。事情在什么地方，直接告诉我就行。")

    def put_right(self, place: str) -> str:
        """不是3栋 是5栋."""
        return self._say("好的，改成：{place}。", place=place)

    def kept_secret(self) -> str:
        """别让人知道是我说的, while it is told."""
        return self._say("好的，替您保密：不进工作群，只有专人看。")

    def secret_from_now(self) -> str:
        """The same before anything was told."""
        return self._say("好的，您说，我替您保密，不进工作群。")

    def sealed_later(self, number: str) -> str:
        """The same after it was submitted."""
        return self._say("好的，<b>{number}</b> 从现在起保密，不再进工作群。", number=number)

    def seen_before(self) -> str:
        """And what cannot be undone."""
        return self._say(
            "说实话：之前工作群里已经看到过内容，能撤的卡片和照片都撤下，看过的收不回。您是谁，他们一直看不到。"
        )

    def not_seen_before(self) -> str:
        """Nobody but those who may had read it."""
        return self._say("工作群里还没有人看到过。")

    def secret_already(self, number: str) -> str:
        """It was sealed before."""
        return self._say("<b>{number}</b> 一直是保密的，不进工作群。", number=number)

    def secret_too_late(self, number: str) -> str:
        """It has ended."""
        return self._say("<b>{number}</b> 已经办结，不会再发给别人。您是谁，办的人一直看不到。", number=number)

    def place_is_not(self, wrong: str, right: str) -> str:
        """What a correction of the place leaves in the story (not escaped)."""
        return self._say("不是{raw_wrong}，是{raw_right}", raw_wrong=wrong, raw_right=right)

    def covered(self, number: str) -> str:
        """In a group, in place of the card of a case that was sealed later."""
        return self._say("🔒 {number} 已转为保密件，由专人办理。群里请不要再谈论。", number=number)

    def will_write(self) -> str:
        """Whoever cannot hear is written to."""
        return self._say("好的，不打电话，办的人会在这里打字问您。")

    def about_case(self, plain: Plain, *, urge: bool, redo: bool, withdraw: bool) -> str:
        """Above the case that somebody speaks of."""
        if plain is Plain.SOLVED:
            return self._say("太好了！您说的是这件吧：")
        if redo and plain in {Plain.UNSOLVED, Plain.AGAIN}:
            return self._say("没办好，您可以点「没解决，要求重办」：")
        if plain is Plain.CANCEL and withdraw:
            return self._say("想撤回，点下面的「撤回」。您说的是这件吧：")
        if plain is Plain.MORE:
            return self._say("想补充，点下面的「补充」。您说的是这件吧：")
        if urge and plain in {Plain.URGE, Plain.NOBODY, Plain.UNSOLVED, Plain.AGAIN}:
            return self._say("让您久等了。点「催办」，我替您催：")
        return self._say("您说的是这件吧：")

    def ask_about_case(self, number: str, matter: str) -> str:
        """In doubt."""
        return self._say("您说的是 <b>{number}</b>（{matter}）这件吗？", number=number, matter=matter)

    def yes_that_one(self) -> str:
        """Button."""
        return self._say("是这件")

    def new_matter(self) -> str:
        """Button."""
        return self._say("是新的事")
