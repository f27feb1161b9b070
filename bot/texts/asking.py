"""What is read of the questions of a matter: the question, its buttons, and its answer as it is shown."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType

from bot.cases.answering import OF, RELATIONS, TIMES, UNKNOWN
from bot.cases.contacts import veiled_name, veiled_number
from bot.cases.matter import Question, QuestionKind
from bot.cases.question_file import JOIN
from bot.cases.when import EARLIER
from bot.texts.language import ZONE, Phrases

MINUTE, DAY, MONTH = len("2026-11-24T20:00"), len("2026-11-24"), len("2026-11")


class AskingTexts:
    """Sentences around the questions that a catalogue brings along."""

    language: str
    _say: Phrases

    def question(self, question: Question) -> str:
        """A question of the matter, with its help."""
        asked = self._say("{ask}", ask=self.question_short(question))
        help_ = question.help if self.language == "zh" else question.help_en
        return f"{asked}\n{self._say('{ask}', ask=help_)}" if help_ else asked

    def question_short(self, question: Question) -> str:
        """A question of the matter as the words of a button."""
        return question.ask if self.language == "zh" else question.ask_en

    def choices(self, question: Question) -> Sequence[tuple[str, str]]:
        """The answers to tap: (answer as it is kept, words on the button)."""
        if question.kind is QuestionKind.TIME:
            return tuple(zip(TIMES, self._times(), strict=True))
        if question.answers == ("yes", "no"):
            yes, no = ("有", "没有") if "有" in question.ask else ("是", "不是")
            return (("yes", self._say(yes)), ("no", self._say(no)))
        plain = self.language == "zh" or not question.choices_en
        return tuple(zip(question.choices, question.choices if plain else question.choices_en, strict=True))

    def _times(self) -> Sequence[str]:
        return self._say("刚才"), self._say("今天"), self._say("昨天"), self._say("更早")

    def relations(self) -> Sequence[tuple[str, str]]:
        """What somebody is to whoever reports: (as it is kept, words on the button)."""
        words = (
            self._say("家里人"),
            self._say("邻居"),
            self._say("同事朋友"),
            self._say("老板房东"),
            self._say("不认识"),
        )
        return tuple(zip(RELATIONS, words, strict=True))

    def not_sure_who(self) -> str:
        """Button: a person whose name nobody knows."""
        return self._say("说不清")

    def ask_relation(self, name: str) -> str:
        """After a name."""
        return self._say("{name}是您什么人？", name=name)

    def picked(self, words: str) -> str:
        """A choice that is in."""
        return self._say("✅ {raw_words}", raw_words=words)

    def picked_all(self) -> str:
        """Button: that is all of several choices."""
        return self._say("👌 好了")

    def choose_several(self) -> str:
        """Below a question with several choices."""
        return self._say("可以选几个，选完点「好了」。")

    def share_number(self) -> str:
        """Reply button that asks the phone for its number."""
        return self._say("📱 发送我的号码")

    def inconvenient(self) -> str:
        """Reply button: no number is given."""
        return self._say("不方便")

    def number_kept(self) -> str:
        """A telephone number was given."""
        return self._say("电话记下了，只给经办的人看。")

    def place_kept(self) -> str:
        """A place was given as an answer."""
        return self._say("好的，记下了。")

    def all_right(self) -> str:
        """A question with keys of its own was passed over; the menu comes back."""
        return self._say("好的，不填也行。")

    def unclear(self, kind: QuestionKind) -> str:
        """An answer was not understood, and is asked for once more."""
        if kind is QuestionKind.NUMBER:
            return self._say("我没数明白。说个大概的数就行，比如 3 或“十二”。")
        if kind is QuestionKind.TIME:
            return self._say("是什么时候呢？比如“昨晚八点”“三天前”，或点下面的按钮。")
        return self._say("号码好像不对。手机 11 位，座机带区号；不方便就点下面。")

    def stuck(self) -> str:
        """The same was asked twice and nothing came of it: ways out."""
        return self._say("不要紧，这一步可以跳过。也可以就这样交上来，缺什么办的人再问您。")

    def stuck_still(self) -> str:
        """And nothing came again."""
        return self._say("我在。想好了打字或发语音就行，前面的按钮也还能点。")

    def skip_this(self) -> str:
        """Button: on without an answer."""
        return self._say("跳过这一步")

    def answer_words(self, question: Question, value: str, *, veiled: bool = False) -> str:
        """An answer as it is read. `veiled`: in a group, where names and numbers of people are not shown."""
        if value == UNKNOWN:
            return self._say("说不清")
        match question.kind:
            case QuestionKind.TIME:
                return self.when(value)
            case QuestionKind.PHONE:
                return veiled_number(value) if veiled else value
            case QuestionKind.PERSON:
                return self._person(value, veiled)
            case QuestionKind.SEVERAL:
                known = dict(self.choices(question))
                return self._say("、").join(known.get(part, part) for part in value.split(JOIN))
            case _:
                return dict(self.choices(question)).get(value, value)

    def _person(self, value: str, veiled: bool) -> str:
        name, _, relation = value.partition(OF)
        shown = self._say("说不清") if name == UNKNOWN else veiled_name(name) if veiled else name
        if not relation or (veiled and relation not in RELATIONS):
            return shown
        return self._say("{raw_name}（{raw_relation}）", raw_name=shown, raw_relation=self._relation(relation))

    def _relation(self, relation: str) -> str:
        return dict(self.relations()).get(relation, relation)

    def when(self, value: str) -> str:
        """A time as precisely as it was said; what was not understood as it was said."""
        if value == EARLIER:
            return self._say("更早")
        day, _, part = value.partition(" ")
        try:
            if len(value) == MINUTE:
                return self._say("{at}", at=datetime.fromisoformat(value).replace(tzinfo=ZONE))
            if len(day) == DAY:
                said = self._say("{day}", day=date.fromisoformat(day))
                return self._say("{raw_day}{raw_part}", raw_day=said, raw_part=self._part(part)) if part else said
            if len(value) == MONTH:
                return self._say("{year}年{month}月", year=int(value[:4]), month=int(value[5:]))
        except (ValueError, KeyError):
            return value
        return self._say("{year}年", year=value) if value.isdecimal() and len(value) == 4 else value

    def _part(self, part: str) -> str:
        parts: Mapping[str, str] = MappingProxyType(
            {
                "night": self._say("凌晨"),
                "morning": self._say("早上"),
                "noon": self._say("中午"),
                "afternoon": self._say("下午"),
                "evening": self._say("晚上"),
            }
        )
        return parts[part]
