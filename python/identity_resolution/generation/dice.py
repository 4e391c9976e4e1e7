"""Random draws that are the same on every machine and with every release of numpy.

numpy keeps the bits of PCG64 and what `random()` makes of them, but not the algorithms of its distributions.
Everything here is therefore made of uniform numbers by additions, divisions and comparisons.
"""

import zlib
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]
Integers: TypeAlias = npt.NDArray[np.int64]
Booleans: TypeAlias = npt.NDArray[np.bool_]


class Dice:
    """A stream of random draws, set by the seed and by the names of the step that draws.

    Steps have streams of their own, so that a further draw in one changes nothing in the others.
    """

    def __init__(self, seed: int, *step: str | int) -> None:
        key = [seed, *(zlib.crc32(str(part).encode()) for part in step)]
        self._generator = np.random.Generator(np.random.PCG64(np.random.SeedSequence(key)))

    def uniform(self, count: int) -> Floats:
        """Numbers from 0 up to, but not including, 1."""
        return self._generator.random(count)

    def below(self, count: int, limit: int | Integers) -> Integers:
        """Integers from 0 up to, but not including, the limit (one for all, or one each)."""
        return (self.uniform(count) * limit).astype(np.int64)

    def between(self, count: int, low: int, high: int) -> Integers:
        """Integers from low to high, both included."""
        return low + self.below(count, high - low + 1)

    def chance(self, count: int, probability: float | Floats) -> Booleans:
        """True with the probability (one for all, or one each)."""
        return self.uniform(count) < probability

    def choose(self, count: int, weights: Sequence[float] | Floats) -> Integers:
        """Positions in the weights, each as often as its weight says."""
        return self.pick(count, np.cumsum(np.asarray(weights, dtype=np.float64)))

    def pick(self, count: int, cumulative: Floats) -> Integers:
        """As choose, from weights that are summed up already."""
        positions: Integers = np.searchsorted(cumulative, self.uniform(count) * cumulative[-1], side="right")
        return np.minimum(positions, len(cumulative) - 1, dtype=np.int64)

    def bell(self, count: int, spread: float) -> Floats:
        """Numbers around 0 with the given standard deviation, at most 3.5 of it away (sum of 4 uniforms)."""
        total = self.uniform(count) + self.uniform(count) + self.uniform(count) + self.uniform(count)
        return (total - 2.0) * (1.7320508 * spread)

    def order(self, count: int) -> Integers:
        """The positions 0 to count - 1 in random order."""
        return np.argsort(self.uniform(count), kind="stable")

    def some(self, positions: Integers, count: int) -> Integers:
        """That many of the positions (all of them, if there are fewer), in random order."""
        return positions[self.order(len(positions))[:count]]


def zipf(count: int, offset: float) -> Floats:
    """Weights of ranks as names have them: 1 / (rank + offset)."""
    return 1.0 / (np.arange(1, count + 1, dtype=np.float64) + offset)
