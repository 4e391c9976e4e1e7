"""Operations on columns of text (Arrow string arrays), all of a column at once."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from identity_resolution.generation.dice import Booleans, Integers

# A column of text (Arrow has no types that a checker reads).
Text: TypeAlias = pa.StringArray
CodePoints: TypeAlias = npt.NDArray[np.uint32]


def text(values: Iterable[str | None]) -> Text:
    """A column of these values."""
    return pa.array(values, pa.string())


def nulls(count: int) -> Text:
    """A column without a value."""
    return pa.nulls(count, pa.string())


def constant(value: str, count: int) -> Text:
    """A column of one value."""
    return pa.repeat(pa.scalar(value, pa.string()), count)


def flat(values: Any) -> Text:
    """The column as one array, if a computation has returned it in chunks."""
    return values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values


def take(values: Text, positions: Integers) -> Text:
    """The values at the positions; null where a position is negative."""
    if len(positions) and positions.min() < 0:
        return values.take(pa.array(positions, mask=positions < 0))
    return values.take(pa.array(positions))


def put(values: Text, where: Booleans, replacement: Text | str | None) -> Text:
    """The column with other values where the mask is true: one for all, or one for each true place."""
    if replacement is None or isinstance(replacement, str):
        replacement = pa.scalar(replacement, pa.string())
    return flat(pc.replace_with_mask(values, pa.array(where), replacement))


def change(values: Text, where: Booleans, edit: Callable[[Text], Text]) -> Text:
    """The column with the values at the mask's true places edited. Nulls among them go to the edit too."""
    return put(values, where, edit(pick(values, where))) if where.any() else values


def keep(values: Text, where: Booleans) -> Text:
    """The column with nulls where the mask is false."""
    return put(values, ~where, None)


def pick(values: Text, where: Booleans) -> Text:
    """The values at the true places of the mask."""
    return values.filter(pa.array(where))


def either(where: Booleans, one: Text, other: Text) -> Text:
    """One column's values where the mask is true, the other's elsewhere."""
    return pc.if_else(pa.array(where), one, other)


def first_of(*columns: Text) -> Text:
    """The first value of each row that is not null."""
    return pc.coalesce(*columns)


def is_given(values: Text) -> Booleans:
    """Which values are not null."""
    return np.asarray(pc.is_valid(values), dtype=bool)


def join(*parts: Text | str, separator: str = "") -> Text:
    """The parts of each row in one; a null part is left out, and with it its separator.

    One part at least is a column; where all columns are null, so is the result.
    """
    columns = [part for part in parts if not isinstance(part, str)]
    nothing = ~np.logical_or.reduce([is_given(column) for column in columns])
    if not nothing.any():
        return pc.binary_join_element_wise(*parts, separator, null_handling="skip")
    # Arrow leaves rows out of which every part is null
    filled = [part if isinstance(part, str) else put(part, nothing, "") for part in parts]
    return keep(pc.binary_join_element_wise(*filled, separator, null_handling="skip"), ~nothing)


def join_by_turns(turns: Integers, forms: Sequence[Sequence[Text | str]]) -> Text:
    """Each row's parts joined in one of the forms; turns says which."""
    written = nulls(len(turns))
    for number, parts in enumerate(forms):
        here = turns == number
        if here.any():
            own = [part if isinstance(part, str) else pick(part, here) for part in parts]
            is_constant = all(isinstance(part, str) for part in parts)
            written = put(written, here, "".join(own) if is_constant else join(*own))
    return written


def beginning(values: Text, length: int = 1) -> Text:
    """The first letters of each value."""
    return pc.utf8_slice_codeunits(values, 0, length)


def without_beginning(values: Text, length: int = 1) -> Text:
    """Each value from behind its first letters."""
    return pc.utf8_slice_codeunits(values, length)


def concatenate(columns: Sequence[Text]) -> Text:
    """The columns one below the other."""
    return pa.concat_arrays(columns)


def digits(numbers: Integers, width: int) -> Text:
    """The numbers with leading zeros, in at least that many digits."""
    return pc.utf8_lpad(pc.cast(pa.array(numbers), pa.string()), width, "0")


def codes(values: Text) -> Integers:
    """A number for each value, the same for equal values; -1 for null."""
    encoded = flat(pc.dictionary_encode(values)).indices
    return np.asarray(pc.fill_null(pc.cast(encoded, pa.int64()), -1))


def occurrence(keys: Integers) -> Integers:
    """For each key, how many equal ones stand before it."""
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]]) if len(keys) else np.empty(0, np.int64)
    counts = np.diff(np.r_[starts, len(keys)])
    result = np.empty(len(keys), dtype=np.int64)
    result[order] = np.arange(len(keys)) - np.repeat(starts, counts)
    return result


def matches(values: Text, pattern: str) -> Booleans:
    """Which values the regular expression is found in; not in null."""
    return np.asarray(pc.fill_null(pc.match_substring_regex(values, pattern), False), dtype=bool)


def substitute(values: Text, pattern: str, replacement: str) -> Text:
    """The values with what the regular expression finds replaced."""
    return pc.replace_substring_regex(values, pattern, replacement)


def replace_by_turns(values: Text, turns: Integers, rules: Sequence[tuple[str, str]]) -> Text:
    """In each value the first occurrence of one pair's left text becomes its right; turns says which pair."""
    for number, (old, new) in enumerate(rules):
        here = turns == number
        if here.any():
            changed = pc.replace_substring(
                pick(values, here), pattern=old, replacement=new, max_replacements=1
            )
            values = put(values, here, changed)
    return values


def to_matrix(values: Text) -> tuple[CodePoints, Integers]:
    """The letters of each value in a row of a matrix (0 after its end), and the values' lengths. No nulls."""
    values = pa.concat_arrays([values])  # of its own buffers, from their start
    lengths = np.asarray(pc.utf8_length(values), dtype=np.int64)
    content = values.buffers()[2]
    letters = (content.to_pybytes() if content else b"").decode()
    matrix = np.zeros((len(lengths), int(lengths.max(initial=0))), dtype=np.uint32)
    matrix[np.arange(matrix.shape[1]) < lengths[:, None]] = np.frombuffer(
        letters.encode("utf-32-le"), dtype=np.uint32
    )
    return matrix, lengths


def from_matrix(matrix: CodePoints, lengths: Integers) -> Text:
    """The column whose letters stand in the rows of the matrix."""
    letters = matrix[np.arange(matrix.shape[1]) < lengths[:, None]]
    content = letters.astype("<u4").tobytes().decode("utf-32-le").encode()
    sizes = 1 + (letters > 0x7F) + (letters > 0x7FF) + (letters > 0xFFFF)
    ends = np.r_[0, np.cumsum(sizes)][np.r_[0, np.cumsum(lengths)]].astype(np.int32)
    return pa.StringArray.from_buffers(len(lengths), pa.py_buffer(ends), pa.py_buffer(content))
