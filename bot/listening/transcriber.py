"""The listener: a program of its own that loads a speech model and turns hostile sound files into words.

Frames on stdin and stdout are a 4-byte length and that many bytes. Asked: 4 letters of a container and the file.
Answered: `+` and the words (UTF-8), or `-` and the reason (an `Unheard` of bot/listening/ear.py).
Started with the kind of the model, its file and its tokens. It imports nothing of the product.
"""

# The types of PyAV and sherpa-onnx are known in part only.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

import contextlib
import os
import struct
import sys
from collections.abc import Iterator
from io import BytesIO
from typing import Any, BinaryIO

import av
import av.error
import numpy as np
import sherpa_onnx

if sys.platform == "linux":
    import resource

LENGTH = struct.Struct(">I")
RATE = 16_000
LONGEST_S = 300
WINDOW_S, TURN_S = 25, 5
"""A longer speech is heard in windows: models were trained on less, and their memory grows with the square of it."""

QUIET_S = 0.2
MEMORY_BYTES = 4 * 1024 * 1024 * 1024
BEHIND_THE_BOT = 10  # nice: a voice may wait, an answer may not
CONTAINERS = {"ogg": "ogg", "mp3": "mp3", "mp4": "mp4", "mov": "mov"}
"""Only these are opened: a playlist or a list of files would lead ffmpeg to other files."""


class Unheard(Exception):
    """No words come of it; the message is the reason."""


def sound_of(data: bytes, container: str) -> "np.ndarray[Any, np.dtype[np.float32]]":
    """The sound as one channel at 16 kHz, whatever the file says of its length. Raises Unheard."""
    if container not in CONTAINERS:
        raise Unheard("broken")
    pieces: list[np.ndarray[Any, np.dtype[np.float32]]] = []
    length = 0
    try:
        for piece in _decoded(data, CONTAINERS[container]):
            pieces.append(piece)
            length += len(piece)
            if length > LONGEST_S * RATE:
                raise Unheard("too_long")
    except (av.error.FFmpegError, IndexError, ValueError, MemoryError):
        if not length:
            raise Unheard("broken") from None
    return np.concatenate(pieces) if pieces else np.zeros(0, np.float32)


def _decoded(data: bytes, container: str) -> Iterator["np.ndarray[Any, np.dtype[np.float32]]"]:
    resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE)
    with av.open(BytesIO(data), "r", format=container) as opened:
        for frame in opened.decode(opened.streams.audio[0]):
            for part in resampler.resample(frame):
                yield part.to_ndarray()[0]
    for part in resampler.resample(None):
        yield part.to_ndarray()[0]


def windows(sound: "np.ndarray[Any, np.dtype[np.float32]]") -> Iterator["np.ndarray[Any, np.dtype[np.float32]]"]:
    """The sound in pieces of at most WINDOW_S, each cut where it is quietest in its last TURN_S."""
    while len(sound) > WINDOW_S * RATE:
        step = int(QUIET_S * RATE)
        begin = (WINDOW_S - TURN_S) * RATE
        loud = [
            float(np.square(sound[at : at + step]).mean()) for at in range(begin, WINDOW_S * RATE - step, step // 2)
        ]
        cut = begin + int(np.argmin(loud)) * (step // 2) + step // 2
        yield sound[:cut]
        sound = sound[cut:]
    yield sound


def load(kind: str, file: str, tokens: str) -> sherpa_onnx.OfflineRecognizer:
    """The model. What is no such model ends the program."""
    if kind == "sense_voice":
        make = sherpa_onnx.OfflineRecognizer.from_sense_voice
        return make(model=file, tokens=tokens, language="auto", use_itn=True)
    return sherpa_onnx.OfflineRecognizer.from_zipformer_ctc(model=file, tokens=tokens)


def lock_in() -> None:
    """Give up every new file, socket and process, and memory beyond 4 GiB, for good. Only Linux keeps all of it."""
    if sys.platform == "linux":
        os.nice(BEHIND_THE_BOT)
        for what in (resource.RLIMIT_NOFILE, resource.RLIMIT_NPROC, resource.RLIMIT_FSIZE, resource.RLIMIT_CORE):
            resource.setrlimit(what, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


def words_of(model: sherpa_onnx.OfflineRecognizer, data: bytes, container: str) -> str:
    """What is said in a file. Raises Unheard."""
    said: list[str] = []
    for window in windows(sound_of(data, container)):
        stream = model.create_stream()
        stream.accept_waveform(RATE, window)
        model.decode_stream(stream)
        said.append(stream.result.text.strip())
    words = "".join(said).strip()
    if not words:
        raise Unheard("silent")
    return words


def rehearse(model: sherpa_onnx.OfflineRecognizer) -> None:
    """Hear a second of silence: whatever is loaded only when it is first needed is loaded then."""
    file = BytesIO()
    with av.open(file, "w", format="ogg") as opened:
        stream = opened.add_stream("libopus", rate=RATE, layout="mono")
        silence = av.AudioFrame.from_ndarray(np.zeros((1, RATE), np.int16), format="s16", layout="mono")
        silence.sample_rate = RATE
        opened.mux(stream.encode(silence))
        opened.mux(stream.encode(None))
    with contextlib.suppress(Unheard):
        words_of(model, file.getvalue(), "ogg")


def answer(model: sherpa_onnx.OfflineRecognizer, asked: bytes) -> bytes:
    """Return the answer to one frame."""
    try:
        return b"+" + words_of(model, asked[4:], asked[:4].decode("ascii", "replace").strip()).encode()
    except Unheard as why:
        return b"-" + str(why).encode("ascii")


def serve(model: sherpa_onnx.OfflineRecognizer, asking: BinaryIO, answering: BinaryIO) -> None:
    """Answer frames until the asking side closes."""
    while len(head := asking.read(LENGTH.size)) == LENGTH.size:
        reply = answer(model, asking.read(LENGTH.unpack(head)[0]))
        answering.write(LENGTH.pack(len(reply)) + reply)
        answering.flush()


if __name__ == "__main__":
    loaded = load(*sys.argv[1:4])
    rehearse(loaded)
    lock_in()
    serve(loaded, sys.stdin.buffer, sys.stdout.buffer)
