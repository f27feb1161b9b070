"""Learning where a sentence names its place: an averaged perceptron over marked sentences and places made up."""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence

from bot.cases.placing import BEGIN, HEARD, INSIDE, OUTSIDE, SHIPPED, levelled, signs
from bot.lab.made_up import made_up
from bot.lab.train import PLACE, SEED, Sentence

EPOCHS = 6
SWAPS = 3
SCALE = 20
LEADS = (
    "刚才",
    "就在",
    "我住",
    "我家",
    "我们",
    "人在",
    "停在",
    "昨晚",
    "我要反映",
    "喂喂",
    "今天",
    "我是",
    "位置",
    "地址",
    "家住",
    "听说",
    "你好",
    "求助",
    "网格员走访：",
    "反映",
)
MIDDLES = (
    "有人",
    "的",
    "有个",
    "这边",
    "那边",
    "天天",
    "物业",
    "好几个",
    "那块",
    "这块",
    "的人",
    "业主",
    "里头",
    "里面",
    "上头",
    "昨晚",
    "一直",
)


def marked(sentence: Sentence, chance: random.Random) -> Iterator[tuple[str, list[int]]]:
    """The sentence and its tags, as written and with other places put in."""
    yield tagged(sentence.text)
    if "[" in sentence.text:
        for _ in range(SWAPS):
            yield tagged(PLACE.sub(lambda _: f"[{made_up(chance)}]", sentence.text))
    elif chance.random() < 0.7:
        place, lead = f"[{made_up(chance)}]", chance.choice((*LEADS, *[""] * 15))
        joint = chance.choice((*MIDDLES, *("", " ", "，") * 5))
        before, after = (
            f"{lead}{place}{joint}{sentence.text}",
            f"{sentence.text}{chance.choice((' ', '，', '', '！'))}{place}",
        )
        yield tagged(after if chance.random() < 0.3 else before)


def tagged(text: str) -> tuple[str, list[int]]:
    """The text without its brackets, and a tag for each character."""
    plain: list[str] = []
    tags: list[int] = []
    for at, part in enumerate(PLACE.split(text)):
        plain.append(part)
        tags += [BEGIN, *[INSIDE] * (len(part) - 1)] if at % 2 and part else [OUTSIDE] * len(part)
    return levelled("".join(plain))[:HEARD], tags[:HEARD]


def train_places(sentences: Sequence[Sentence]) -> list[str]:
    """The lines of the file of weights for the places of these sentences."""
    chance = random.Random(SEED)
    texts = [pair for sentence in sentences for pair in marked(sentence, chance)]
    weights: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    steps = 1
    for _ in range(EPOCHS):
        chance.shuffle(texts)
        for text, tags in texts:
            steps += 1
            learn_from(text, tags, weights, sums, steps)
    rows = (
        (sign, [round(SCALE * (now - sums[sign][at] / steps)) for at, now in enumerate(of)])
        for sign, of in weights.items()
    )
    return sorted(f"{sign}\t{of[0]}\t{of[1]}\t{of[2]}\n" for sign, of in rows if max(map(abs, of)) >= SCALE // 10)


def learn_from(
    text: str, tags: Sequence[int], weights: dict[str, list[int]], sums: dict[str, list[int]], steps: int
) -> None:
    """Judge each character as it would be judged in earnest, and mend the weights where that is wrong."""
    before = OUTSIDE
    for at, right in enumerate(tags):
        seen = list(signs(text, at, before))
        scores = [sum(weights[sign][tag] for sign in seen if sign in weights) for tag in range(3)]
        if before == OUTSIDE:
            scores[INSIDE] = min(scores[BEGIN], scores[OUTSIDE]) - 1
        said = max((scores[OUTSIDE], OUTSIDE), (scores[INSIDE], INSIDE), (scores[BEGIN], BEGIN))[1]
        if said != right:
            for sign in seen:
                weights[sign][right] += 1
                weights[sign][said] -= 1
                sums[sign][right] += steps
                sums[sign][said] -= steps
        before = right


def write_places(sentences: Sequence[Sentence]) -> None:
    """Learn them and put them where the program reads them."""
    SHIPPED.write_text("".join(train_places(sentences)), encoding="utf-8")
