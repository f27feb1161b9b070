"""Speech that tests make: a tiny real model that knows a few sentences, each by its tone, and messages in those tones.

The model is a genuine ONNX file as sherpa-onnx loads it (one matrix over 80 mel bands, then CTC), written here byte by
byte; the messages are OGG/Opus as Telegram has them. So nothing of loading, decoding or hearing is played.
"""

import struct

# The types of PyAV are known in part only.
# pyright: reportUnknownMemberType=false
from base64 import b64encode
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from io import BytesIO
from math import log
from pathlib import Path
from typing import Any

import numpy as np
import pytest

TONES = (220, 330, 470, 640, 850, 1100, 1400, 1750, 2200, 2700, 3300, 4000)
"""Hz; each far enough from its neighbours to lie in mel bands of its own."""

BANDS, LOWEST, HIGHEST = 80, 20.0, 7600.0
FLOAT, INT32, INT64 = 1, 6, 7
SWELL_S = 0.1
"""A tone that begins all at once is a click, which sounds like every tone."""

STACKED = 7
"""SenseVoice looks at so many frames at once."""

needs_voice = pytest.mark.skipif(
    find_spec("sherpa_onnx") is None or find_spec("av") is None,
    reason="yashu[voice] is not installed (python3 run.py voice)",
)


def spoken(words: str, sentences: Sequence[str], seconds: float = 0.4, pause: float = 0.3) -> bytes:
    """A voice message (OGG/Opus, 48 kHz) of sentences that the model knows, joined by commas."""
    rate = 48_000
    parts = [np.zeros(int(rate * pause))]
    for sentence in words.split("，"):
        tone = TONES[sentences.index(sentence)]
        at = np.arange(int(rate * seconds)) / rate
        swell = np.minimum(1, np.minimum(at, seconds - at) / SWELL_S)
        parts += [0.3 * swell * np.sin(2 * np.pi * tone * at), np.zeros(int(rate * pause))]
    return encoded(np.concatenate(parts), rate)


def encoded(sound: "np.ndarray[Any, np.dtype[np.float64]]", rate: int) -> bytes:
    """A sound as OGG/Opus."""
    import av

    file = BytesIO()
    with av.open(file, "w", format="ogg") as opened:
        stream = opened.add_stream("libopus", rate=rate, layout="mono")
        stream.bit_rate = 32_000
        frame = av.AudioFrame.from_ndarray((sound * 32_767).astype(np.int16)[None, :], format="s16", layout="mono")
        frame.sample_rate = rate
        opened.mux(stream.encode(frame))
        opened.mux(stream.encode(None))
    return file.getvalue()


def as_voice(sound: bytes) -> dict[str, str]:
    """What the sandbox is given for a voice message."""
    return {"base64": b64encode(sound).decode(), "name": "voice.ogg", "mime": "audio/ogg"}


def model_of(folder: Path, sentences: Sequence[str], kind: str = "zipformer2_ctc") -> Path:
    """Write a model that knows these sentences into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    tags = ["<zh>", "<calm>", "<speech>", "<itn>"] if kind == "sense_voice_ctc" else []
    tokens = ["<blk>", *sentences, *tags]
    (folder / "tokens.txt").write_text("".join(f"{word} {at}\n" for at, word in enumerate(tokens)), encoding="utf-8")
    made = _sense_voice(len(sentences), len(tokens)) if tags else _zipformer(len(sentences))
    (folder / "model.onnx").write_bytes(made)
    return folder


def _weights(count: int) -> "np.ndarray[Any, np.dtype[np.float32]]":
    """One column for each token: the three mel bands around its tone, against all others; the first is silence."""

    def mel(hertz: float) -> float:
        return 1127 * log(1 + hertz / 700)

    weights = np.zeros((BANDS, count + 1), np.float32)
    for at, tone in enumerate(TONES[:count], start=1):
        band = round((mel(tone) - mel(LOWEST)) / (mel(HIGHEST) - mel(LOWEST)) * (BANDS + 1) - 1)
        weights[:, at] = -3 / (BANDS - 3)
        weights[band - 1 : band + 2, at] = 1
    return weights


def _bias(count: int, silence: float) -> "np.ndarray[Any, np.dtype[np.float32]]":
    return np.array([silence, *([0.0] * (count - 1))], np.float32)


def _zipformer(count: int) -> bytes:
    nodes = [
        _node("MatMul", ["x", "weights"], ["y"]),
        _node("Add", ["y", "bias"], ["z"]),
        _node("LogSoftmax", ["z"], ["log_probs"], axis=2),
        _node("Identity", ["x_lens"], ["log_probs_len"]),
    ]
    given = [_value("x", FLOAT, ["N", "T", BANDS]), _value("x_lens", INT64, ["N"])]
    made = [_value("log_probs", FLOAT, ["N", "T", count + 1]), _value("log_probs_len", INT64, ["N"])]
    kept = [_tensor("weights", _weights(count)), _tensor("bias", _bias(count + 1, 16.0))]
    return _model(nodes, kept, given, made, {"model_type": "zipformer2_ctc", "version": "1", "comment": "tiny"})


def _sense_voice(count: int, size: int) -> bytes:
    """Seven frames at a time; four tags come first, which the library takes off."""
    weights = np.zeros((BANDS * STACKED, size), np.float32)
    for at in range(STACKED):
        weights[at * BANDS : (at + 1) * BANDS, : count + 1] = _weights(count) / 2
    tags = np.zeros((1, 4, size), np.float32)
    for at in range(4):
        tags[0, at, count + 1 + at] = 1
    nodes = [
        _node("MatMul", ["x", "weights"], ["y"]),
        _node("Add", ["y", "bias"], ["z"]),
        _node("Concat", ["tags", "z"], ["logits"], axis=1),
    ]
    given = [_value("x", FLOAT, ["N", "T", BANDS * STACKED])]
    given += [_value(name, INT32, ["N"]) for name in ("x_length", "language", "text_norm")]
    facts = {"lfr_window_size": STACKED, "lfr_window_shift": 6, "normalize_samples": 0, "vocab_size": size}
    facts |= {"with_itn": 14, "without_itn": 15, "comment": "tiny", "version": 1}
    facts |= {f"lang_{name}": at for at, name in enumerate(("auto", "zh", "en", "ja", "ko", "yue"))}
    width = BANDS * STACKED
    facts |= {"neg_mean": ",".join(["0"] * width), "inv_stddev": ",".join(["1"] * width)}
    kept = [_tensor("weights", weights), _tensor("bias", _bias(size, 32.0)), _tensor("tags", tags)]
    made = [_value("logits", FLOAT, ["N", "T2", size])]
    said = {name: str(value) for name, value in {**facts, "model_type": "sense_voice_ctc"}.items()}
    return _model(nodes, kept, given, made, said)


def _model(
    nodes: Sequence[bytes],
    kept: Sequence[bytes],
    given: Sequence[bytes],
    made: Sequence[bytes],
    facts: Mapping[str, str],
) -> bytes:
    graph = _all(1, nodes) + _field(2, "tiny") + _all(5, kept) + _all(11, given) + _all(12, made)
    properties = [_field(1, name) + _field(2, value) for name, value in facts.items()]
    return _field(1, 8) + _field(8, _field(1, "") + _field(2, 13)) + _field(7, graph) + _all(14, properties)


def _node(kind: str, given: Sequence[str], made: Sequence[str], axis: int | None = None) -> bytes:
    over = b"" if axis is None else _field(5, _field(1, "axis") + _field(3, axis) + _field(20, 2))
    return _all(1, given) + _all(2, made) + _field(4, kind) + over


def _value(name: str, kind: int, shape: Sequence[int | str]) -> bytes:
    sizes = [_field(1, one) if isinstance(one, int) else _field(2, one) for one in shape]
    return _field(1, name) + _field(2, _field(1, _field(1, kind) + _field(2, _all(1, sizes))))


def _tensor(name: str, numbers: "np.ndarray[Any, np.dtype[np.float32]]") -> bytes:
    return _all(1, numbers.shape) + _field(2, FLOAT) + _field(8, name) + _field(9, numbers.tobytes())


def _all(number: int, values: Sequence[int | str | bytes]) -> bytes:
    return b"".join(_field(number, value) for value in values)


def _field(number: int, value: int | str | bytes) -> bytes:
    """One field of a protocol buffer."""
    if isinstance(value, int):
        return _varint(number << 3) + _varint(value)
    body = value.encode() if isinstance(value, str) else value
    return _varint(number << 3 | 2) + _varint(len(body)) + body


def _varint(value: int) -> bytes:
    made = b""
    while value > 0x7F:
        made += struct.pack("B", value & 0x7F | 0x80)
        value >>= 7
    return made + struct.pack("B", value)
