"""Typed answers that mean a button: an old hand at typing need not look for it."""

from bot.cases.draft import Ask
from handlers.resident.asking import ASKED_OF
from handlers.resident.talk import Talk
from handlers.resident.telling import open_one

NOTHING = frozenset(
    {"没有", "没", "无", "跳过", "不用", "不用了", "没有照片", "没照片", "不知道", "不清楚", "no", "none", "skip"}
)
MEANT: dict[str, tuple[tuple[frozenset[str], str, str], ...]] = {
    Ask.DANGER: (
        (frozenset({"有", "有的", "有危险", "是", "是的", "yes"}), "danger", "yes"),
        (frozenset({"没有", "没", "没了", "没有了", "没有危险", "没危险", "无", "不是", "no"}), "danger", "no"),
    ),
    Ask.PHOTO: ((NOTHING | {"提交", "submit"}, "skip", Ask.PHOTO),),
    Ask.CONTACT: (
        (frozenset({"可以", "可以问", "可以问我", "行", "好", "好的", "yes"}), "contact", "yes"),
        (frozenset({"保密", "替我保密", "不可以", "不行", "不要", "no"}), "contact", "sealed"),
    ),
    Ask.REVIEW: (
        (frozenset({"提交", "没问题", "好", "好的", "对", "对的", "是的", "行", "可以", "submit"}), "submit", ""),
    ),
}
YES = frozenset({"是", "是的", "有", "有的", "对", "yes"})
NO = frozenset({"不是", "没有", "没", "不", "否", "没人", "no"})


def meant(talk: Talk, words: str) -> tuple[str, str] | None:
    """The button that these words stand for at this step: (what, value)."""
    said = words.strip(" 。.！!，,").lower()
    if talk.asked and talk.asked.startswith(ASKED_OF):
        return _of_question(talk, said)
    return next(((what, value) for known, what, value in MEANT.get(talk.asked or "", ()) if said in known), None)


def _of_question(talk: Talk, said: str) -> tuple[str, str] | None:
    question = open_one(talk)
    if question is None:
        return None
    if question.answers == ("yes", "no") and (said in YES or said in NO):
        return "q", f"{question.key}.{int(said in NO)}"
    if said in NOTHING and not question.required and said not in question.choices:
        return "skip", f"q.{question.key}"
    return None
