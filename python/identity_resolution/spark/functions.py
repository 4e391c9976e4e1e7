"""The functions that Spark's SQL lacks, as vectorised (pandas) functions of a session.

They give what DuckDB gives. A batch arrives as pandas Series of text; null gives null. Each distinct value is worked
out once.
"""

import unicodedata
from collections.abc import Callable

import numpy as np
import pandas as pd
import pyarrow as pa
from pyspark.sql import SparkSession
from pyspark.sql.functions import pandas_udf  # type: ignore[attr-defined]
from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.process import cpdist

from identity_resolution.phonetics import metaphone as metaphone_codes


def metaphone(names: pd.Series) -> pd.Series:
    """Metaphone codes of folded names, with jellyfish's values; none for a name of other letters than a to z."""
    codes = metaphone_codes(pa.array(names, type=pa.string(), from_pandas=True))
    return pd.Series(codes.to_pylist(), dtype=object)


def jaro_winkler(one: pd.Series, other: pd.Series) -> pd.Series:
    """Jaro-Winkler similarity, from 0 to 1, with the bonus for a common prefix from 0.7 on."""
    known = one.notna() & other.notna()
    similarity = pd.Series(np.full(len(one), np.nan))
    similarity[known] = 0.0
    known_texts = known & (one != "") & (other != "")
    similarity[known_texts] = cpdist(
        one[known_texts].tolist(),
        other[known_texts].tolist(),
        scorer=JaroWinkler.similarity,
        dtype=np.float64,
    )
    return similarity.astype(object).where(known, None)


def is_one_edit(one: pd.Series, other: pd.Series) -> pd.Series:
    """Whether two texts differ by at most one insertion, deletion, substitution or swap of neighbours."""
    known = one.notna() & other.notna()
    result = pd.Series(np.full(len(one), None), dtype=object)
    distances = cpdist(
        one[known].tolist(), other[known].tolist(), scorer=OSA.distance, score_cutoff=1, dtype=np.int32
    )
    result[known] = (distances <= 1).tolist()
    return result


def _fold_accents(text: str) -> str:
    kept = (
        letter
        for letter in unicodedata.normalize("NFD", text)
        if unicodedata.category(letter) not in ("Mn", "Mc", "Me")
    )
    return unicodedata.normalize("NFC", "".join(kept))


def _lower(text: str) -> str:
    """Case of each character by itself, so that a text keeps its length."""
    if text.isascii():
        return text.lower()
    # the capital I with a dot alone has a small form of two
    return "".join(letter.lower()[0] for letter in text)


def _upper(text: str) -> str:
    if text.isascii():
        return text.upper()
    return "".join(high if len(high := letter.upper()) == 1 else letter for letter in text)


def _title_case(text: str) -> str:
    letters = list(_lower(text))
    for place, letter in enumerate(letters):
        if place == 0 or letters[place - 1] in "-. '":
            letters[place] = _upper(letter)
    return "".join(letters)


def _on_distinct(function: Callable[[str], str]) -> Callable[[pd.Series], pd.Series]:
    """A function of one text, for a batch of texts."""

    def applied(texts: pd.Series) -> pd.Series:
        results = {text: function(text) for text in texts.dropna().unique()}
        return texts.map(results).astype(object).where(texts.notna(), None)

    return applied


# each from a Series of text to a Series of text
TEXT_FUNCTIONS = {
    "idr_fold_accents": _on_distinct(_fold_accents),
    "idr_lower": _on_distinct(_lower),
    "idr_upper": _on_distinct(_upper),
    "idr_title_case": _on_distinct(_title_case),
}


def register(session: SparkSession) -> None:
    """Make the functions known to a session's SQL."""
    for name, function in TEXT_FUNCTIONS.items():
        session.udf.register(name, pandas_udf(function, "string"))
    session.udf.register("idr_metaphone", pandas_udf(metaphone, "string"))
    session.udf.register("idr_jaro_winkler", pandas_udf(jaro_winkler, "double"))
    session.udf.register("idr_is_one_edit", pandas_udf(is_one_edit, "boolean"))
