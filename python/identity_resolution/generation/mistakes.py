"""Mistakes that people and machines make when they write a name, a street or an address."""

from functools import partial

import numpy as np

from identity_resolution.generation.dice import Booleans, Dice, Floats
from identity_resolution.generation.text import (
    CodePoints,
    Text,
    change,
    from_matrix,
    is_given,
    replace_by_turns,
    to_matrix,
)

# Keys beside each key of a keyboard.
_KEYBOARD = {
    "a": "qwsz", "b": "vghn", "c": "xdfv", "d": "serfcx", "e": "wsdr", "f": "drtgvc", "g": "ftyhbv",
    "h": "gyujnb", "i": "ujko", "j": "huikmn", "k": "jiolm", "l": "kop", "m": "njk", "n": "bhjm", "o": "iklp",
    "p": "ol", "q": "wa", "r": "edft", "s": "awedxz", "t": "rfgy", "u": "yhji", "v": "cfgb", "w": "qase",
    "x": "zsdc", "y": "tghu", "z": "asx", "0": "9", "1": "2", "2": "13", "3": "24", "4": "35", "5": "46",
    "6": "57", "7": "68", "8": "79", "9": "80",
}  # fmt: skip

# Shapes that a scanner takes for one another.
OCR_RULES = (
    ("m", "rn"), ("rn", "m"), ("l", "1"), ("i", "l"), ("o", "0"), ("e", "c"), ("h", "b"), ("cl", "d"),
    ("u", "v"), ("n", "ri"), ("S", "5"), ("B", "8"), ("O", "0"), ("I", "l"), ("g", "q"), ("t", "f"),
    ("vv", "w"), ("a", "o"),
)  # fmt: skip

# Sounds that are spelt in several ways.
SOUND_RULES = (
    ("ph", "f"), ("f", "ph"), ("ck", "k"), ("c", "k"), ("k", "c"), ("ie", "y"), ("y", "i"), ("ll", "l"),
    ("tt", "t"), ("nn", "n"), ("n", "nn"), ("ss", "s"), ("s", "z"), ("z", "s"), ("ei", "ie"), ("ee", "ea"),
    ("ea", "ee"), ("ai", "ay"), ("gh", ""), ("th", "t"), ("t", "tt"), ("er", "or"), ("son", "sen"),
    ("sch", "sh"), ("mann", "man"), ("a", "e"), ("e", "a"), ("ou", "u"), ("v", "w"), ("x", "ks"),
)  # fmt: skip

_NEIGHBOURS = np.zeros((128, 8), dtype=np.uint32)
_NEIGHBOUR_COUNTS = np.zeros(128, dtype=np.int64)
for _key, _near in _KEYBOARD.items():
    for _this, _those in ((_key, _near), (_key.upper(), _near.upper())):
        _NEIGHBOURS[ord(_this), : len(_those)] = [ord(letter) for letter in _those]
        _NEIGHBOUR_COUNTS[ord(_this)] = len(_those)

_REPLACE, _LEAVE_OUT, _INSERT, _DOUBLE, _TRANSPOSE = range(5)
_TYPING_WEIGHTS = (0.28, 0.24, 0.14, 0.1, 0.24)
_FIRST_LETTER = 0.06


def mistype(values: Text, dice: Dice) -> Text:
    """Each value with one typing error: a wrong, missing, additional, doubled or transposed letter.

    The first letter is hit more rarely than the others. Values of one letter stay as they are.
    """
    matrix, lengths = to_matrix(values)
    count, width = matrix.shape
    if count == 0 or width < 2:
        return values
    matrix = np.pad(matrix, ((0, 0), (0, 1)))
    is_first = dice.chance(count, _FIRST_LETTER)
    place = np.where(is_first | (lengths < 2), 0, 1 + dice.below(count, np.maximum(lengths - 1, 1)))
    letters = matrix[np.arange(count), place]
    known = np.where(letters < 128, letters, 0)
    near_count = _NEIGHBOUR_COUNTS[known]
    near = _NEIGHBOURS[known, dice.below(count, np.maximum(near_count, 1))]

    kind = dice.choose(count, _TYPING_WEIGHTS)
    kind = np.where((near_count == 0) & np.isin(kind, (_REPLACE, _INSERT)), _TRANSPOSE, kind)
    place = np.where((kind == _TRANSPOSE) & (place == lengths - 1), np.maximum(place - 1, 0), place)
    kind = np.where(lengths < 2, -1, kind)

    columns, at = np.arange(width + 1)[None, :], place[:, None]
    source = np.broadcast_to(columns, matrix.shape).copy()
    source += _where(kind == _LEAVE_OUT) & (columns >= at)
    source -= (_where(kind == _INSERT) | _where(kind == _DOUBLE)) & (columns > at)
    source += _where(kind == _TRANSPOSE) & (columns == at)
    source -= _where(kind == _TRANSPOSE) & (columns == at + 1)
    written = np.take_along_axis(matrix, np.minimum(source, width), axis=1)
    hit = np.isin(kind, (_REPLACE, _INSERT))
    written[hit, place[hit] + (kind[hit] == _INSERT)] = near[hit]
    change = (kind == _INSERT).astype(np.int64) + (kind == _DOUBLE) - (kind == _LEAVE_OUT)
    return from_matrix(written, lengths + change)


def _where(rows: Booleans) -> Booleans:
    return rows[:, None]


def misread(values: Text, dice: Dice) -> Text:
    """Each value as a scanner may read it; one that has none of the letters of its rule stays as it is."""
    return replace_by_turns(values, dice.below(len(values), len(OCR_RULES)), OCR_RULES)


def mishear(values: Text, dice: Dice) -> Text:
    """Each value as somebody may spell it who has only heard it."""
    return replace_by_turns(values, dice.below(len(values), len(SOUND_RULES)), SOUND_RULES)


def spoil(
    values: Text,
    dice: Dice,
    *,
    typing: float | Floats = 0.0,
    scanning: float | Floats = 0.0,
    hearing: float | Floats = 0.0,
) -> Text:
    """The column with typing, scanning and hearing errors in the given shares of its values."""
    given = is_given(values)
    for share, mistake in ((typing, mistype), (scanning, misread), (hearing, mishear)):
        hit = given & dice.chance(len(values), share)
        values = change(values, hit, partial(mistake, dice=dice))
    return values


def shuffled_letters(letters: str, count: int, width: int, dice: Dice) -> Text:
    """Random words of that many of the letters."""
    alphabet: CodePoints = np.array([ord(letter) for letter in letters], dtype=np.uint32)
    words = alphabet[dice.below(count * width, len(letters))].reshape(count, width)
    return from_matrix(words, np.full(count, width))
