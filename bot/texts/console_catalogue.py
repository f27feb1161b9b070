"""What the person at the console reads of `yashu catalogue show`: all matters, or one and its flow as Mermaid."""

from collections.abc import Iterator

from bot.cases.case import Colour, Level, Visibility
from bot.cases.catalogue import Catalogue
from bot.cases.flow import asks_for_photo
from bot.cases.matter import IN_WORDS, Matter, Question, QuestionKind
from bot.texts.console import Console

Step = tuple[str, str, str]
"""A box of the flow: its name, its words, and the answer on which it hangs."""


class CatalogueTexts(Console):
    """`yashu catalogue show`."""

    def tree(self, catalogue: Catalogue) -> str:
        """Every group with its matters, a line each."""
        lines: list[str] = []
        for group in catalogue.groups():
            lines.append(f"{group.emoji} {group.code} {self._in(group.name, group.name_en)}")
            lines += [f"   {self._line(matter)}" for matter in catalogue.in_group(group.code)]
        return "\n".join(lines)

    def unknown(self, code: str) -> str:
        return self._in(f"清单里没有 {code}。", f"The catalogue has no {code}.")

    def page(self, catalogue: Catalogue, matter: Matter) -> str:
        """One matter: what it is, what it asks, and how."""
        words = "、".join(word.text for word in matter.words[:12])
        lead = catalogue.unit_kinds[matter.lead]
        head = [
            self._line(matter),
            f"   {self._in('牵头', 'led by')}: {self._in(lead.name, lead.name_en)}",
            f"   {self._in('听到', 'heard by')}: {words}" if words else "",
            *(f"   ☎ {line}" for line in (self._advice(matter))),
        ]
        asked = [
            f"   {at}. {self._asked(one)}" for at, one in enumerate((q for q in matter.questions if not q.later), 1)
        ]
        later = [f"   + {self._asked(one)}" for one in matter.questions if one.later]
        return "\n".join(line for line in [*head, *asked, *later] if line)

    def _advice(self, matter: Matter) -> tuple[str, ...]:
        if matter.advice is None:
            return ()
        return matter.advice.lines_en if self.language == "en" else matter.advice.lines

    def _line(self, matter: Matter) -> str:
        parts = [
            matter.code,
            self._in(matter.name, matter.name_en),
            self._level(matter.level),
            {Colour.RED: "🔴", Colour.YELLOW: "🟡", Colour.NONE: ""}[matter.colour],
            "🔒" if matter.visibility is Visibility.CONFIDENTIAL else "",
            self._in(f"问 {len(matter.questions)}", f"asks {len(matter.questions)}") if matter.questions else "",
        ]
        return " ".join(part for part in parts if part)

    def _level(self, level: Level) -> str:
        names = {
            Level.DISTRICT: self._in("一级", "district"),
            Level.TOWN: self._in("二级", "town"),
            Level.COMMUNITY: self._in("三级", "community"),
        }
        return names[level]

    def _asked(self, question: Question) -> str:
        need = self._in("必答", "required") if question.required else self._in("可跳过", "may be skipped")
        if question.later:
            need = self._in("卡片上可补充", "on the review card")
        choices = question.choices if self.language == "zh" else question.choices_en or question.choices
        given = f" [{' / '.join(choices)}]" if choices else ""
        after = f" ⟵ {question.only_if[0]} = {question.only_if[1]}" if question.only_if else ""
        return f"{self._ask(question)}{given} ({self._kind(question.kind)}, {need}){after}"

    def _ask(self, question: Question) -> str:
        return self._in(question.ask, question.ask_en)

    def _kind(self, kind: QuestionKind) -> str:
        names = {
            QuestionKind.TEXT: "文字",
            QuestionKind.NUMBER: "数字",
            QuestionKind.CHOICE: "单选",
            QuestionKind.SEVERAL: "多选",
            QuestionKind.YES_NO: "是否",
            QuestionKind.TIME: "时间",
            QuestionKind.PHONE: "电话",
            QuestionKind.PERSON: "人",
            QuestionKind.PHOTO: "照片",
            QuestionKind.VIDEO: "视频",
            QuestionKind.VOICE: "语音",
            QuestionKind.LOCATION: "位置",
        }
        return self._in(names[kind], kind.value.replace("_", "/"))

    def chart(self, catalogue: Catalogue, matter: Matter) -> str:
        """The way through the questions of a matter as a Mermaid flowchart."""
        steps = list(self._steps(matter))
        lines = ["flowchart TD", *(f'    {name}["{quoted(words)}"]' for name, words, _ in steps)]
        for at in range(1, len(steps)):
            lines += list(arrows(steps, at))
        for question in matter.questions:
            for answer, code in question.becomes:
                target = catalogue.matters[code]
                label = quoted(self._answer(question, answer))
                name = quoted(f"{code} {self._in(target.name, target.name_en)}")
                lines.append(f'    q_{question.key} -- "{label}" --> m_{code}(["{name}"])')
            if question.later:
                lines.append(f'    review -.-> q_{question.key}["{quoted(self._ask(question))}"]')
        return "\n".join(lines)

    def _steps(self, matter: Matter) -> Iterator[Step]:
        yield "matter", f"{matter.code} {self._in(matter.name, matter.name_en)}", ""
        if matter.asks_details:
            if matter.colour is not Colour.NONE:
                yield "danger", self._in("现在还有危险吗？", "Is it still dangerous?"), ""
            yield "words", self._in("情况（没说过才问）", "What happened (unless it was told)"), ""
            for question in matter.questions:
                if not question.later:
                    asked = self._ask(question)
                    yield f"q_{question.key}", asked, self._condition(matter, question)
            if matter.route not in IN_WORDS:
                yield "where", self._in("在什么地方？（没说过才问）", "Where? (unless it is known)"), ""
            if asks_for_photo(matter):
                yield "photo", self._in("有照片或视频吗？", "A photo or video?"), ""
        yield "review", self._in("看一眼，提交或保密提交", "Review; submit, openly or privately"), ""

    def _condition(self, matter: Matter, question: Question) -> str:
        if question.only_if is None:
            return ""
        key, answer = question.only_if
        asked = next(one for one in matter.questions if one.key == key)
        return f"{self._ask(asked)} {self._answer(asked, answer)}"

    def _answer(self, question: Question, answer: str) -> str:
        if question.kind is QuestionKind.YES_NO:
            return self._in("是", "yes") if answer == "yes" else self._in("否", "no")
        english = dict(zip(question.choices, question.choices_en, strict=False))
        return self._in(answer, english.get(answer, answer))


def arrows(steps: list[Step], at: int) -> Iterator[str]:
    """The arrows into a box: from the one before, and from further above where those between hang on an answer."""
    name, _, condition = steps[at]
    label = f'-- "{quoted(condition)}" -->' if condition else "-->"
    yield f"    {steps[at - 1][0]} {label} {name}"
    before = at - 1
    while steps[before][2] and not condition:
        before -= 1
        yield f"    {steps[before][0]} -.-> {name}"


def quoted(words: str) -> str:
    """Words that may stand in a Mermaid label."""
    return words.replace('"', "#quot;")
