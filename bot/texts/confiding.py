"""What is said of words that no group may read."""

from collections.abc import Sequence

from bot.texts.language import Phrases, cut


class ConfidingTexts:
    """Sentences for the dispatchers who read them, and for whoever said them."""

    _say: Phrases

    def card_withheld(self, matters: Sequence[str]) -> str:
        """On the private card of a dispatcher: why a report is kept from the groups."""
        return self._say("🔒 话里可能有{matters}，先不进任何群，请您定。", matters="、".join(matters))

    def card_confided(self, count: int) -> str:
        """On every card of a case: more was said that does not stand here."""
        return self._say("🔒 另有 {count} 条保密补充，由指挥中心处理", count=count)

    def button_unseal(self) -> str:
        """Button under what is kept from the groups."""
        return self._say("🔓 可以在群里办")

    def open_for_sure(self) -> str:
        """Button: the second tap."""
        return self._say("🔓 确定，进群办理")

    def about_officials(self) -> str:
        """An alert before the second tap (plain text)."""
        return self._say("话里可能说到干部。进群后，被反映的人那边可能看到。确定就再点一下。")

    def case_opened(self, number: str) -> str:
        """Toast (plain text)."""
        return self._say("{raw_number} 已转到群里办理，记录在案。", raw_number=number)

    def supplement_opened(self, number: str) -> str:
        """Toast (plain text)."""
        return self._say("这条补充已转给 {raw_number} 的办理单位。", raw_number=number)

    def confided(self, number: str, place: str, words: str, about: Sequence[str]) -> str:
        """Words of a confidential supplement, to whoever reads them privately."""
        what = self._say("（{matters}）", matters="、".join(about)) if about else ""
        head = self._say("🔒 <b>{number}</b> 保密补充{raw_what}，只给您看，没有进群。", number=number, raw_what=what)
        said = self._say("{words}", words=cut(words, 3000)) if words else self._say("没有文字，只有照片、语音或视频。")
        where = self._say("原件地点：{place}", place=place) if place else ""
        return "\n".join(part for part in (head, said, where) if part)

    def added_in_secret(self, number: str) -> str:
        """To whoever said it: a supplement is kept, and not shown in any group."""
        return self._say("已补充到 {number}。这些话只给指挥中心看，不进群。", number=number)

    def told_in_secret(self) -> str:
        """In place of a reason that no group may read."""
        return self._say("原因涉及保密，指挥中心会单独说")

    def ask_whose(self, number: str) -> str:
        """A file without words soon after submitting."""
        return self._say("收到了，先替您存着。这是 {number} 那件事的，还是另一件？", number=number)

    def of_that_case(self) -> str:
        """Button: it belongs to what was submitted."""
        return self._say("这件事的")

    def of_another_case(self) -> str:
        """Button: it is the beginning of another report."""
        return self._say("另一件事")
