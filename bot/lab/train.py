"""Learning what sentences mean, from `sentences/` and labelled reports, into `bot/cases/learned.txt`.

Softmax regression over runs of characters, by AdaGrad with a fixed seed: the same data give the same weights on the
same machine. One column a matter and one more where it is told as a danger now; a second, binary one for danger alone.
"""

import random
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import orjson
from numpy.typing import NDArray

from bot.cases.catalogue import Catalogue
from bot.cases.catalogue_file import load
from bot.cases.learned import DANGER, SCALE, SHIPPED, SMALL_TALK
from bot.cases.pieces import pieces

SENTENCES = Path(__file__).parent / "sentences"
REPORTS = SENTENCES / "reports.jsonl"
PLACE = re.compile(r"\[([^\]]*)\]")
PLAIN = str.maketrans("[]", "【】")
VARIANTS = 2
EPOCHS = 12
RATE = 0.3
SHRINK = 1e-5
SEED = 7
KEPT = 0.6
"""Weights below this are left out: they change nothing that can be measured and make the file four times as long."""

Floats = NDArray[np.float32]
TOWN = (
    "新港小区3栋",
    "滨河花园",
    "丁岗镇新茂社区",
    "东岳村三组",
    "平昌路",
    "港中路农商行门口",
    "学府路与兴港路路口",
    "儒里村",
)
STREET = (
    "姚桥镇街上",
    "中心小学后面",
    "万汇大厦",
    "大港街道",
    "育才幼儿园对面",
    "御景湾12号楼",
    "老街",
    "菜市场东门",
    "8栋2单元",
)
ALONE = (
    "6幢",
    "十二栋",
    "永安路",
    "公园北门",
    "二组",
    "我们小区",
    "石桥村村委会旁边",
    "工业园",
    "客运站",
    "团结河边",
    "3栋201",
)
PLACES = (*TOWN, *STREET, *ALONE)
BEGINNINGS = (
    "喂你好",
    "你们好我想反映一下",
    "哎呀",
    "那个",
    "急急急",
    "同志",
    "跟你们讲",
    "在线等",
    "我要反映",
    "领导好",
)
ENDINGS = (
    "麻烦处理一下",
    "有没有人管啊",
    "你们快点来",
    "谢谢",
    "求求了",
    "什么时候能解决",
    "都好几天了",
    "真的烦死了",
    "请帮忙",
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """Something somebody might say, its place in brackets; the code of its matter; whether it tells of danger now."""

    text: str
    code: str
    danger: bool

    @property
    def column(self) -> str:
        """Where it belongs."""
        return self.code + (DANGER if self.danger else "")

    @property
    def plain(self) -> str:
        """Without the brackets."""
        return PLACE.sub(r"\1", self.text)


def read_sentences(file: Path) -> list[Sentence]:
    """`# H01a` begins a matter; `! ` before a sentence means danger now, `- ` that it only sounds like it."""
    found: list[Sentence] = []
    code = ""
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            code = line[2:].strip()
        elif line.strip():
            found.append(Sentence(line.removeprefix("! ").removeprefix("- "), code, line.startswith("! ")))
    return found


def all_sentences() -> list[Sentence]:
    """Everything in `sentences/`, file by file."""
    return [sentence for file in sorted(SENTENCES.glob("*.txt")) for sentence in read_sentences(file)]


def variants(sentence: Sentence, chance: random.Random) -> Iterable[str]:
    """The sentence, and some ways it might come: elsewhere, with a greeting, without signs, with a letter missing."""
    yield sentence.plain
    for _ in range(VARIANTS):
        text = PLACE.sub(lambda _: chance.choice(PLACES), sentence.text)
        if sentence.code != SMALL_TALK:
            if "[" not in sentence.text and chance.random() < 0.5:
                place, sign = chance.choice(PLACES), chance.choice(("", " ", "，"))
                text = chance.choice((place + sign + text, text + sign + place))
            text = chance.choice((*BEGINNINGS, *[""] * 12)) + text + chance.choice((*ENDINGS, *[""] * 10))
        if chance.random() < 0.3:
            text = re.sub(r"[，。！？ 、,]", "", text)
        if chance.random() < 0.3 and len(text) > 6:
            at = chance.randrange(len(text))
            text = text[:at] + text[at + 1 :]
        yield text


def beside(sentence: Sentence, others: Sequence[Sentence], chance: random.Random) -> str:
    """The sentence beside one of another matter that is no danger: a danger stays one, and two nuisances make none."""
    other = chance.choice(others)
    while other.danger:
        other = chance.choice(others)
    order = (
        (sentence.plain, other.plain) if not sentence.danger or chance.random() < 0.5 else (other.plain, sentence.plain)
    )
    return chance.choice(("", "，", "。", " ")).join(order)


def learn(rows: Sequence[NDArray[np.int64]], labels: Sequence[int], weights: Floats, size: tuple[int, int]) -> Floats:
    """The weights of (pieces + 1, columns); the last row is what each column begins with."""
    matrix = np.zeros(size, np.float32)
    seen = np.full(size, 1e-2, np.float32)
    begins = np.zeros(size[1], np.float32)
    order = np.random.RandomState(SEED)
    for _ in range(EPOCHS):
        for at in map(int, order.permutation(len(rows))):
            row = rows[at]
            if not len(row):
                continue
            scale = np.float32(1 / np.sqrt(len(row)))
            here = matrix[row]
            score = here.sum(0) * scale + begins
            likely = np.exp(score - score.max())
            likely /= likely.sum()
            likely[labels[at]] -= 1
            likely *= weights[at]
            step = likely * scale + SHRINK * here
            seen[row] += step * step
            matrix[row] = here - RATE * step / np.sqrt(seen[row])
            begins -= 0.01 * likely
    matrix[-1] = begins
    return matrix


def train(sentences: Sequence[Sentence], catalogue: Catalogue | None = None) -> list[str]:
    """The lines of the file of weights for these sentences."""
    hear = (catalogue or load()).hear
    chance = random.Random(SEED)
    texts = [(text, each) for each in sentences for text in variants(each, chance)]
    texts += [(beside(each, sentences, chance), each) for each in sentences if each.code != SMALL_TALK]
    counted = Counter(piece for each in sentences for piece in pieces(hear(each.plain)))
    known = sorted(piece for piece, times in counted.items() if times > 1 or len(piece) <= 2)
    place = {piece: at for at, piece in enumerate(known)}
    rows = [np.array(sorted(place[p] for p in pieces(hear(text)) if p in place), np.int64) for text, _ in texts]
    columns = sorted({each.column for each in sentences})
    weights = np.array([1.0 if text == each.plain else 1 / VARIANTS for text, each in texts], np.float32)
    size = len(known) + 1
    many = learn(rows, [columns.index(each.column) for _, each in texts], weights, (size, len(columns)))
    two = learn(rows, [int(each.danger) for _, each in texts], weights, (size, 2))
    whole = np.column_stack([two[:, 1] - two[:, 0], many])
    return list(lines([*known, ""], [DANGER, *columns], whole))


def lines(known: Sequence[str], columns: Sequence[str], matrix: Floats) -> Iterable[str]:
    """One line a piece; what each column begins with is always whole."""
    for piece, row in zip(known, matrix, strict=True):
        kept = [
            f"{column}={round(float(weight) * SCALE)}"
            for column, weight in zip(columns, row, strict=True)
            if not piece or abs(weight) >= KEPT
        ]
        if kept:
            yield f"{piece}\t{' '.join(kept)}\n"


def from_reports(file: Path, catalogue: Catalogue) -> list[Sentence]:
    """Labelled reports (JSON lines) as sentences: a row with several matters counts as the one its words fit best."""
    found: list[Sentence] = []
    for line in file.read_text(encoding="utf-8").splitlines():
        report = orjson.loads(line)
        text, danger = str(report["text"]).translate(PLAIN), bool(report["danger_now"])
        code = SMALL_TALK if report["kind"] == "chitchat" else own_code(catalogue, text, str(report["matter"]))
        marked = text.replace(report["place"], f"[{report['place']}]", 1) if report["place"] else text
        found.append(Sentence(marked, code, danger))
    return found


def own_code(catalogue: Catalogue, text: str, row: str) -> str:
    """The matter of the row whose words speak loudest in the text, the first of the row if none does."""
    of_row = [code for code in catalogue.matters if code.startswith(row)]
    scores = catalogue.points(text)
    return max(of_row, key=lambda code: (scores.get(code, 0.0), -of_row.index(code)))


def everything(catalogue: Catalogue) -> list[Sentence]:
    """What the shipped weights were learned from: the sentences and the labelled reports."""
    return [*all_sentences(), *from_reports(REPORTS, catalogue)]


def write(sentences: Sequence[Sentence], catalogue: Catalogue) -> None:
    """Learn the sentences and put the weights where the program reads them."""
    SHIPPED.write_text("".join(train(sentences, catalogue)), encoding="utf-8")
