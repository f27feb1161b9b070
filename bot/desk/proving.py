"""What a result must prove: words that tell the four elements, pictures that were not used before."""

from bot.cases.elements import Element, lacking, says_nothing
from bot.desk.desk import Desk
from storage import cases


async def judged(desk: Desk, case_id: int, words: str) -> tuple[bool, tuple[Element, ...]]:
    """Whether the words of a result say anything, and which elements they do not tell."""
    case = await cases.by_id(desk.tx, case_id)
    return not says_nothing(words), lacking(case, words) if case else ()
