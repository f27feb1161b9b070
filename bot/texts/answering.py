"""What is read around questions, answers and thank-yous: 咨询, 表扬, and questions to whoever reported."""

from bot.texts.language import Phrases


class AnsweringTexts:
    """Sentences between a unit or the centre and whoever reported."""

    _say: Phrases

    def menu_ask(self) -> str:
        """Menu button."""
        return self._say("💬 咨询")

    def menu_praise(self) -> str:
        """Menu button."""
        return self._say("🌸 表扬")

    def ask_question(self) -> str:
        """咨询: what is the question?"""
        return self._say("想问什么？打字或发语音就行，答复会发到这里。")

    def ask_praise(self) -> str:
        """表扬: whom and why."""
        return self._say("想感谢谁，为什么？一句话就行，语音、照片也可以。")

    def thank_to(self, unit: str) -> str:
        """Button: pass a thank-you on (not escaped)."""
        return self._say("🌸 转达给{raw_unit}", raw_unit=unit)

    def thank_other(self) -> str:
        """Button: to another unit."""
        return self._say("转达给其他单位")

    def thank_nobody(self) -> str:
        """Button: it stays at the centre."""
        return self._say("收下，不转达")

    def no_thanks(self) -> str:
        """Button: it is no thank-you."""
        return self._say("不是表扬，派单办理")

    def thanked(self, number: str) -> str:
        """Toast after it (plain text)."""
        return self._say("{raw_number} 已处理，上报人会收到一句话。", raw_number=number)

    def button_answer(self) -> str:
        """Button under a question to the reporter."""
        return self._say("✍️ 回答")

    def give_question(self, number: str) -> str:
        """Asks for the question to the reporter."""
        return self._say("请回复这条消息，写下要问 {number} 上报人的话。我替您问，回答会发回来。", number=number)

    def question_passed_on(self, number: str) -> str:
        """It is on its way."""
        return self._say("已替您问 {number} 的上报人，回答会发到这里。", number=number)

    def give_answer(self, number: str) -> str:
        """Asks for the centre's own answer to a question."""
        return self._say("请回复这条消息，写下对 {number} 的答复，我发给咨询的人。", number=number)

    def button_call(self) -> str:
        """Button on the private card of whoever signed."""
        return self._say("📞 上报人电话")

    def number_to_call(self, number: str, phone: str) -> str:
        """The number, privately (plain text)."""
        return self._say(
            "{raw_number} 上报人留的电话：{raw_phone}。只给您用，请别转给别人。", raw_number=number, raw_phone=phone
        )
