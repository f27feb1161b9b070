"""Learning with part of the data and trying the rest: the honest figures beside those of the shipped weights."""

import random
import time
from dataclasses import asdict

import orjson

from bot.cases import placing
from bot.cases.catalogue import Catalogue
from bot.cases.catalogue_file import load
from bot.cases.learned import Learned
from bot.cases.trial import Figures, Tried, figures, tried
from bot.commands.triage import read_reports
from bot.lab.train import REPORTS, SEED, Sentence, all_sentences, everything, from_reports, train, write
from bot.lab.train_places import train_places, write_places


def write_all() -> None:
    """The shipped weights anew, of everything there is."""
    catalogue = load()
    sentences = everything(catalogue)
    write(sentences, catalogue)
    write_places(sentences)


def figures_of(learned: list[Sentence], held: list[int], catalogue: Catalogue) -> list[Tried]:
    """The held reports, tried with weights that never saw them."""
    weights = Learned(train(learned, catalogue))
    places = placing.read(train_places(learned))
    reports = read_reports(REPORTS)
    catalogue.learn(weights)
    return [tried(reports[at], catalogue, places) for at in held]


def figures_held_out(folds: int) -> Figures:
    """With no folds, all reports tried without any of them learned; else each tried once, with the others learned."""
    catalogue = load()
    sentences, reports = all_sentences(), from_reports(REPORTS, catalogue)
    order = list(range(len(reports)))
    random.Random(SEED).shuffle(order)
    all_: list[Tried] = []
    started = time.perf_counter()
    for fold in range(max(1, folds)):
        held = order[fold :: max(1, folds)]
        learned = [reports[at] for at in order if at not in set(held)]
        all_ += figures_of([*sentences, *learned], held, catalogue)
    return figures(all_, time.perf_counter() - started)


def as_json(found: Figures) -> str:
    """One object; the time is left out, for it is that of learning."""
    return orjson.dumps({name: value for name, value in asdict(found).items() if name != "ms_each"}).decode()
