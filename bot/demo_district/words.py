"""The words the district is made of, as `words.toml` has them."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, TypeVar

FILE = Path(__file__).with_name("words.toml")

T = TypeVar("T")


@cache
def words() -> Mapping[str, Any]:
    """The tables of the file."""
    with FILE.open("rb") as file:
        return tomllib.load(file)


def one_of(random: Random, several: Sequence[T]) -> T:
    """One of them. Unlike `Random.choice` it is the same in every version of Python."""
    return several[int(random.random() * len(several))]


def mixed(random: Random, several: Sequence[T]) -> list[T]:
    """All of them in a new order, the same in every version of Python."""
    return [thing for _, _, thing in sorted((random.random(), at, thing) for at, thing in enumerate(several))]
