"""What candidate pairs agree on, by kind, and how many of each kind are one person: why a figure is as it is.

A kind says what evidence there is, not what the model makes of it: both names and nothing else, both names and
something else, or not both names. Something else is an email, phone, birth date, street or postal code, company or
official id that agrees exactly or closely.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from identity_resolution.config.project import Project
from identity_resolution.evaluation.build import Built, built_dataset
from identity_resolution.training.mixture import Comparison
from identity_resolution.warehouse.profile import Target

HEADER = (
    "| data set | what agrees | true pairs | false pairs | share that is true | true, missed | false, merged |\n"
    + "|---" * 7
    + "|"
)
# the levels of a comparison that count as agreement
NAMES = {"first_name": range(1, 12), "last_name": range(1, 11)}
MORE = {
    "email": (1, 2, 4, 5),
    "phone": (2, 3, 4, 5),
    "birth_date": (1, 2, 3),
    "address": range(1, 9),
    "national_id": (1, 2),
    "company": (1, 2),
}
KINDS = ("both names, and more", "both names, nothing else", "not both names")


def rows(folder: Path, target: Target) -> Iterator[str]:
    """The lines of a data set, trained on without its truth."""
    with built_dataset(folder, target) as built:
        found = _counted(
            built, [Comparison.from_project(item) for item in Project(target.project_dir).comparisons]
        )
        name = built.dataset
    for kind in (*KINDS, "never compared"):
        true, false, missed, merged = found[kind]
        share = f"{true / (true + false):.3f}" if kind in KINDS and true + false else ""
        known = f"{false:,}" if kind in KINDS else ""
        yield f"| {name} | {kind} | {true:,} | {known} | {share} | {missed:,} | {merged:,} |"


def _counted(built: Built, comparisons: list[Comparison]) -> dict[str, tuple[int, int, int, int]]:
    places, place = {}, 1
    for comparison in comparisons:
        places[comparison.name] = (place, comparison.levels)
        place *= comparison.levels

    def agrees(name: str, levels: range | tuple[int, ...]) -> str:
        start, count = places[name]
        listed = ", ".join(map(str, levels))
        return f"(cast(floor(pattern / {start}) as bigint) % {count}) in ({listed})"

    names = " and ".join(agrees(*item) for item in NAMES.items())
    more = " or ".join(agrees(*item) for item in MORE.items())
    people = f"""
    people as (
        select source_records.record_id, entities.entity_id, crosswalk.customer_id
        from raw_truth.entities as entities
        inner join {built.schema}_intermediate.int_source_records as source_records
            on entities.source_system = source_records.source_system
            and entities.source_record_id = source_records.source_record_id
        inner join {built.schema}.customer_crosswalk as crosswalk on source_records.record_key = crosswalk.record_key
    )"""
    counted = built.database.execute(
        f"""
        with {people},
        pairs as (
            select
                case when not ({names}) then '{KINDS[2]}' when {more} then '{KINDS[0]}' else '{KINDS[1]}' end as kind,
                one.entity_id = other.entity_id as is_true,
                one.customer_id = other.customer_id as is_merged
            from {built.schema}_intermediate.int_scored_pairs as scored
            inner join people as one on scored.record_id_a = one.record_id
            inner join people as other on scored.record_id_b = other.record_id
        )
        select
            kind,
            count(*) filter (where is_true),
            count(*) filter (where not is_true),
            count(*) filter (where is_true and not is_merged),
            count(*) filter (where not is_true and is_merged)
        from pairs
        group by kind
        """
    )
    found = dict.fromkeys(KINDS, (0, 0, 0, 0)) | {str(kind): tuple(map(int, rest)) for kind, *rest in counted}
    true, missed, merged = built.database.execute(
        f"""
        with {people},
        cells as (select entity_id, customer_id, count(*) as records from people group by entity_id, customer_id),
        entities as (select sum(records) as records from cells group by entity_id),
        customers as (select sum(records) as records from cells group by customer_id),
        joined as (select sum(records * (records - 1) / 2) as pairs from cells)
        select
            (select sum(records * (records - 1) / 2) from entities),
            (select sum(records * (records - 1) / 2) from entities) - (select pairs from joined),
            (select sum(records * (records - 1) / 2) from customers) - (select pairs from joined)
        """
    )[0]
    totals = [sum(values[place] for values in found.values()) for place in range(4)]
    found["never compared"] = (
        int(true) - totals[0],
        0,
        int(missed) - totals[2],
        int(merged) - totals[3],
    )
    return found
