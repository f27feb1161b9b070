"""What a folder with a speech model must hold, told without loading it: a model, its tokens, and a kind we know."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

MODELS = ("model.int8.onnx", "model.onnx")
"""The small one first, where both are there."""

TOKENS = "tokens.txt"
KINDS = {"zipformer2_ctc": "zipformer", "sense_voice_ctc": "sense_voice"}
"""What the file says of itself, and how it is loaded."""

MODEL_TYPE, PROPERTIES = b"model_type", 14
"""ModelProto.metadata_props of onnx.proto."""

VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5
LONGEST_PROPERTY = 64 * 1024
LONGEST_VARINT = 10


class Unfit(StrEnum):
    """Why a folder cannot be used."""

    NO_FOLDER = "no_folder"
    NO_MODEL = "no_model"
    NO_TOKENS = "no_tokens"
    BROKEN = "broken"
    UNKNOWN = "unknown"


class UnfitModel(Exception):
    """This folder holds no model that we can use; `why` tells."""

    def __init__(self, why: Unfit) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True, slots=True)
class Model:
    """A model that can be loaded: its kind (a value of KINDS), its file and that of its tokens."""

    kind: str
    file: Path
    tokens: Path


def find_model(folder: Path) -> Model:
    """Look at a folder. Raises UnfitModel, OSError of the disk."""
    if not folder.is_dir():
        raise UnfitModel(Unfit.NO_FOLDER)
    file = next((folder / name for name in MODELS if (folder / name).is_file()), None)
    if file is None:
        raise UnfitModel(Unfit.NO_MODEL)
    if not (folder / TOKENS).is_file():
        raise UnfitModel(Unfit.NO_TOKENS)
    kind = KINDS.get(_model_type(file))
    if kind is None:
        raise UnfitModel(Unfit.UNKNOWN)
    return Model(kind, file, folder / TOKENS)


def _model_type(file: Path) -> str:
    """What an ONNX file says it is; empty if it says nothing. The weights are passed over, not read."""
    with file.open("rb") as opened:
        size = file.stat().st_size
        for pair in _properties(opened, size):
            if pair.get(1) == MODEL_TYPE:
                return pair.get(2, b"").decode("ascii", "replace")
    return ""


def _properties(opened: BinaryIO, size: int) -> Iterator[dict[int, bytes]]:
    """The key (1) and value (2) of each property of the model. Raises UnfitModel for what is no ONNX, or cut short."""
    while opened.tell() < size:
        number, wire = divmod(_varint(opened), 8)
        if wire == VARINT:
            _varint(opened)
            continue
        length = {FIXED64: 8, FIXED32: 4}.get(wire) or (_varint(opened) if wire == BYTES else 0)
        if number == 0 or length == 0 or opened.tell() + length > size:
            raise UnfitModel(Unfit.BROKEN)
        if number == PROPERTIES and length <= LONGEST_PROPERTY:
            yield _pair(opened, opened.tell() + length)
        else:
            opened.seek(length, 1)


def _pair(opened: BinaryIO, end: int) -> dict[int, bytes]:
    found: dict[int, bytes] = {}
    while opened.tell() < end:
        number, wire = divmod(_varint(opened), 8)
        length = _varint(opened)
        if wire != BYTES or opened.tell() + length > end:
            raise UnfitModel(Unfit.BROKEN)
        found[number] = opened.read(length)
    return found


def _varint(opened: BinaryIO) -> int:
    value = 0
    for at in range(LONGEST_VARINT):
        byte = opened.read(1)
        if not byte:
            break
        value |= (byte[0] & 0x7F) << (7 * at)
        if byte[0] < 0x80:
            return value
    raise UnfitModel(Unfit.BROKEN)
