"""Phonetic codes of names, in batches."""

import jellyfish
import pyarrow as pa
import pyarrow.compute as pc


def metaphone(names: pa.Array | pa.ChunkedArray) -> pa.Array:
    """Metaphone codes of a batch of folded names, computed once for each distinct name.

    Args:
        names: text array; a name of other letters than a to z, and null, has no code.

    Returns:
        Text array of the same length.
    """
    encoded = pc.dictionary_encode(names)
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks()
    codes = [
        jellyfish.metaphone(name)
        if name is not None and name.isascii() and (name.isalpha() or not name)
        else None
        for name in encoded.dictionary.to_pylist()
    ]
    return pa.array(codes, type=pa.string()).take(encoded.indices)
