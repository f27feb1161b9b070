"""Typed answers that mean a button: an old hand at typing need not look for it."""

from bot.cases.answering import NOBODY
from bot.cases.crying import really_fine, still_danger
from bot.cases.draft import OTHER, Ask
from bot.cases.flow import may_be_unknown
from bot.cases.matter import Question, QuestionKind
from bot.cases.plain_words import Plain, plain_of
from handlers.resident.answers import open_one
from handlers.resident.filing import SURE
from handlers.resident.talk import HEARD, Talk

NOTHING = frozenset(
    {"没有", "没", "无", "跳过", "不用", "不用了", "没有照片", "没照片", "不知道", "不清楚", "no", "none", "skip"}
)
MEANT: dict[str, tuple[tuple[frozenset[str], str, str], ...]] = {
    Ask.PHOTO: ((NOTHING | {"提交", "submit"}, "skip", Ask.PHOTO),),
    Ask.CALLER: ((NOTHING, "skip", Ask.CALLER),),
    Ask.BEHALF: ((NOTHING, "skip", Ask.BEHALF),),
    Ask.CONTACT: (
        (frozenset({"不用", "不用保密", "不要", "不需要", "no"}), "contact", "yes"),
        (frozenset({"保密", "替我保密", "要", "要保密", "好", "好的", "yes"}), "contact", "sealed"),
    ),
    OTHER: (
        (frozenset({"另一件", "另外一件", "是", "是的", "是另一件", "yes"}), "another", ""),
        (frozenset({"同一件", "不是", "就是这件", "是同一件", "no"}), "same", ""),
    ),
    "whose": (
        (frozenset({"这件事的", "这件", "这件的", "就是这件", "是", "是的", "对"}), "late", "that"),
        (frozenset({"另一件事", "另一件", "不是", "别的事"}), "late", "other"),
    ),
    Ask.REVIEW: (
        (frozenset({"保密", "保密提交", "替我保密"}), "seal", ""),
        (
            frozenset({"提交", "发", "报", "交", "没问题", "好", "好的", "对", "对的", "是的", "行", "可以", "submit"}),
            "submit",
            "",
        ),
    ),
}
YES = frozenset({"是", "是的", "有", "有的", "有人", "对", "对的", "嗯", "yes"})
NO = frozenset({"不是", "没有", "没", "不", "否", "没人", "没有人", "no"})
HEARD_RIGHT = (
    (frozenset({"对", "对的", "对对", "是", "是的", "没错", "嗯", "yes"}), "said"),
    (frozenset({"不对", "不是", "错了", "改一下", "改", "no"}), "reword"),
    (frozenset({"不用", "不用了", "不要"}), "unsaid"),
)
SURELY_HEARD = {
    **dict.fromkeys(("不对", "错了", "改一下", "改"), "reword"),
    **dict.fromkeys(("对", "对的", "对对", "没错"), "said"),
}
"""What answers 对吗 under words that a machine heard, also while 现在还有危险吗 is open (有, 没有 answer that)."""
DONE = frozenset({"好了", "好", "就这些", "选好了", "done"})


def greets(words: str) -> bool:
    """Whether somebody only says hello."""
    return plain_of(words) is Plain.GREETING


def meant(talk: Talk, words: str) -> tuple[str, str] | None:
    """The button that these words stand for at this step: (what, value)."""
    said, source = _plainly(words), talk.kept.get(HEARD)
    if talk.asked == Ask.DANGER or talk.asked == SURE:
        what = SURELY_HEARD.get(said) if source else None
        return (what, str(source)) if what else _about_danger(talk.asked, words)
    if source:
        what = next((what for known, what in HEARD_RIGHT if said in known), None)
        if what is not None:
            return what, str(source)
    if talk.asked == Ask.HERE and talk.draft.maybe and (said in YES or said in NO):
        return ("nothere", "") if said in NO else ("here", str(talk.draft.maybe[0]))
    if open_one(talk) is not None:
        return meant_by_answer(talk, words)
    return next(((what, value) for known, what, value in MEANT.get(talk.asked or "", ()) if said in known), None)


def meant_by_answer(talk: Talk, words: str) -> tuple[str, str] | None:
    """The button of the open question that these words stand for."""
    question = open_one(talk)
    return None if question is None else _of_question(question, _plainly(words))


def _plainly(words: str) -> str:
    return words.strip(" 。.！!，,").lower()


def _about_danger(asked: str, words: str) -> tuple[str, str] | None:
    """现在还有危险吗, and 真的没事了吗 before a report with danger is dropped."""
    if asked == SURE:
        fine = really_fine(words)
        return None if fine is None else ("cancel", "") if fine else ("danger", "yes")
    answer = still_danger(words)
    return None if answer is None else ("danger", answer)


def _of_question(question: Question, said: str) -> tuple[str, str] | None:
    if question.answers == ("yes", "no") and (said in YES or said in NO):
        return "q", f"{question.key}.{int(said in NO)}"
    if question.kind is QuestionKind.SEVERAL and said in DONE:
        return "done", question.key
    if (said in NOBODY or plain_of(said) is Plain.UNSURE) and may_be_unknown(question):
        return "unsure", question.key
    nobody = question.kind is QuestionKind.PERSON and said in NOBODY
    if said in NOTHING and not (question.required or said in question.choices or nobody):
        return "skip", f"q.{question.key}"
    return None
