"""The recogniser: where lines of characters stand in a picture, and what they say.

The two networks (PP-OCRv6 small, Apache-2.0) come inside the rapidocr package and are run by
onnxruntime; nothing is ever fetched. What is around them, from the picture to the network's input
and back from its output, is our own, because we need what the package does not tell: the certainty
of every character, and a choice among characters that are written in Taiwan.
"""

from __future__ import annotations

import importlib.util
import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Picture = NDArray[Any]
    """Bytes by row, column and colour (blue, green, red)."""

LONGEST_SIDE = 2_048
"""Pixels of the longer side at which lines are looked for; characters are read at full size."""
INPUT_HEIGHT = 48
LEAST_WIDTH = 64
MOST_WIDTH = 2_400
_BATCH = 6
_INK = 0.3
_LEAST_SCORE = 0.5
_SPREAD = 1.6
_MOST_LINES = 3_000
_MOST_THREADS = 2
_STEP = 32
# In Big5, yet not what is printed in Taiwan: the recogniser's slips.
_UNUSUAL = frozenset("凈别説")


@dataclass(frozen=True, slots=True)
class Slant:
    """Where one line stands: its middle, its length and height in pixels, its slope in degrees."""

    x: float
    y: float
    length: float
    height: float
    degrees: float


@dataclass(frozen=True, slots=True)
class ReadLine:
    """What a line says.

    Attributes:
        text: The characters, Chinese ones in the form that is written in Taiwan.
        certainties: Of each character from 0 to 1.
        places: Middle of each character as a fraction of the line's width.
    """

    text: str
    certainties: tuple[float, ...]
    places: tuple[float, ...]

    @property
    def certainty(self) -> float:
        """That of the least certain character, 0 for a line of none."""
        return min(self.certainties, default=0.0)

    @property
    def mean(self) -> float:
        """The mean certainty, 0 for a line of none."""
        return sum(self.certainties) / len(self.certainties) if self.certainties else 0.0


NOTHING = ReadLine("", (), ())


class Recogniser:
    """Both networks, loaded once."""

    def __init__(self, folder: Path) -> None:
        """Load the networks.

        Args:
            folder: Where the packages' models lie.
        """
        import numpy as np
        import onnxruntime

        # On Windows the library tells the system's trace log what is run; nobody shall hear of it.
        onnxruntime.disable_telemetry_events()
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 4
        options.enable_cpu_mem_arena = False
        options.intra_op_num_threads = min(_MOST_THREADS, os.cpu_count() or 1)
        # Several files are read side by side: a waiting thread must leave the others the machine.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")

        def session(name: str) -> Any:
            return onnxruntime.InferenceSession(
                str(folder / name), sess_options=options, providers=["CPUExecutionProvider"]
            )

        self._finder = session("PP-OCRv6_det_small.onnx")
        self._reader = session("PP-OCRv6_rec_small.onnx")
        letters = self._reader.get_modelmeta().custom_metadata_map["character"].splitlines()
        self._letters = ["", *letters, " "]
        self._is_usual = np.array([_is_usual(letter) for letter in self._letters])

    def find(self, picture: Picture) -> list[Slant]:
        """Every line of characters in a picture.

        Args:
            picture: Dark characters on a light ground.
        """
        import cv2
        import numpy as np

        height, width = picture.shape[:2]
        scale = min(1.0, LONGEST_SIDE / max(height, width))
        size = [max(_STEP, round(side * scale / _STEP) * _STEP) for side in (width, height)]
        small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA).astype(np.float32)
        data = ((small / 255 - 0.5) / 0.5).transpose(2, 0, 1)[None]
        chances = self._finder.run(None, {"x": data})[0][0, 0]
        ink = cv2.dilate((chances > _INK).astype(np.uint8), np.ones((2, 2), np.uint8))
        outlines, _ = cv2.findContours(ink, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
        across, down = width / size[0], height / size[1]
        found = []
        for outline in outlines[:_MOST_LINES]:
            (x, y), (one, two), degrees = cv2.minAreaRect(outline)
            if min(one, two) < 3 or _score(chances, outline) < _LEAST_SCORE:
                continue
            grow = one * two * _SPREAD / (2 * (one + two))
            if one < two:
                one, two, degrees = two, one, degrees - 90
            degrees = (degrees + 90) % 180 - 90
            found.append(
                Slant(
                    x * across,
                    y * down,
                    (one + 2 * grow) * across,
                    (two + 2 * grow) * down,
                    degrees,
                )
            )
        return found

    def read(self, lines: Sequence[Picture]) -> list[ReadLine]:
        """What each line says.

        Args:
            lines: One picture a line, upright.
        """
        import numpy as np

        widths = [_input_width(line) for line in lines]
        order = sorted(range(len(lines)), key=lambda index: widths[index])
        found = [NOTHING] * len(lines)
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            width = max(widths[index] for index in batch)
            data = np.zeros((len(batch), 3, INPUT_HEIGHT, width), np.float32)
            for row, index in enumerate(batch):
                data[row, :, :, : widths[index]] = _prepared(lines[index], widths[index])
            chances = self._reader.run(None, {"x": data})[0]
            for row, index in enumerate(batch):
                found[index] = self._decoded(chances[row], width / widths[index])
        return found

    def _decoded(self, chances: NDArray[np.float32], stretch: float) -> ReadLine:
        """Characters from the network's steps: repeats joined, blanks dropped."""
        best = chances.argmax(axis=1)
        text: list[str] = []
        certainties: list[float] = []
        places: list[float] = []
        steps = len(best)
        start = 0
        while start < steps:
            code = int(best[start])
            end = start + 1
            while end < steps and best[end] == code:
                end += 1
            if code:
                peak = start + int(chances[start:end, code].argmax())
                usual, chance = self._in_use(chances[peak], code)
                text.append(self._letters[usual])
                certainties.append(chance)
                places.append(min(1.0, ((start + end) / 2 / steps) * stretch))
            start = end
        return _stripped(text, certainties, places)

    def _in_use(self, chances: NDArray[np.float32], code: int) -> tuple[int, float]:
        """The likeliest character written in Taiwan, and how sure it is among those."""
        import numpy as np

        if self._is_usual[code]:
            return code, float(chances[code])
        usual = np.where(self._is_usual, chances, 0.0)
        usual[0] = 0.0
        best = int(usual.argmax())
        total = float(usual.sum())
        return (best, float(usual[best]) / total) if total > 0 else (code, 0.0)


def _score(chances: NDArray[np.float32], outline: Any) -> float:
    import cv2
    import numpy as np

    left, top, width, height = cv2.boundingRect(outline)
    mask = np.zeros((height, width), np.uint8)
    cv2.fillPoly(mask, [outline - (left, top)], 1)
    return float(cv2.mean(chances[top : top + height, left : left + width], mask)[0])


def _input_width(line: Picture) -> int:
    height, width = line.shape[:2]
    return int(min(MOST_WIDTH, max(LEAST_WIDTH, round(INPUT_HEIGHT * width / max(1, height)))))


def _prepared(line: Picture, width: int) -> NDArray[np.float32]:
    import cv2
    import numpy as np

    method = cv2.INTER_AREA if line.shape[0] > 2 * INPUT_HEIGHT else cv2.INTER_LINEAR
    sized = cv2.resize(line, (width, INPUT_HEIGHT), interpolation=method).astype(np.float32)
    return ((sized / 255 - 0.5) / 0.5).transpose(2, 0, 1).astype(np.float32)


def _stripped(text: list[str], certainties: list[float], places: list[float]) -> ReadLine:
    """The line without blanks at its ends."""
    start, end = 0, len(text)
    while end > start and text[end - 1] == " ":
        end -= 1
    while start < end and text[start] == " ":
        start += 1
    part = slice(start, end)
    return ReadLine("".join(text[part]), tuple(certainties[part]), tuple(places[part]))


def _is_usual(letter: str) -> bool:
    """Whether a character may stand on a page in Taiwan.

    Those of simplified Chinese and of Japan don't; the rare ones of names (堃, 喆, 峯) do.
    """
    if letter in _UNUSUAL:
        return False
    if not "\u3400" <= letter <= "\U0003ffff" or _is_in(letter, "cp950"):
        return True
    return _is_in(letter, "big5hkscs") and not _is_in(letter, "gb2312")


def _is_in(letter: str, encoding: str) -> bool:
    try:
        letter.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


_LOADING = threading.Lock()


def recogniser() -> Recogniser:
    """The recogniser, loaded at its first use and kept."""
    with _LOADING:
        return _loaded()


@cache
def _loaded() -> Recogniser:
    package = importlib.util.find_spec("rapidocr")
    if package is None or not package.submodule_search_locations:
        raise ModuleNotFoundError("rapidocr, which holds the models, is not installed")
    return Recogniser(Path(package.submodule_search_locations[0]) / "models")
