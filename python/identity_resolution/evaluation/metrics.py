"""Precision and recall of a clustering against the truth, counted in the database.

Both measures come from the sizes of customers, of people and of their intersections, so the work grows with records
and never with pairs. B-cubed: Bagga and Baldwin (1998).
"""

from dataclasses import asdict, dataclass
from typing import Any

from identity_resolution.warehouse.database import Database


@dataclass(frozen=True)
class Score:
    """Precision, recall and their harmonic mean, each from 0 to 1. A share of nothing is 1: no pair, no fault."""

    precision: float
    recall: float
    f1: float


@dataclass(frozen=True)
class Metrics:
    """What a build made of a data set.

    people and clusters count the entities and customers of the records in the truth. pairwise counts pairs of records
    of one customer; b_cubed averages over records; exact_clusters counts customers that are one person, whole: of all
    customers, and of all people.
    """

    records: int
    people: int
    clusters: int
    pairwise: Score
    b_cubed: Score
    exact_clusters: Score

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for JSON."""
        return asdict(self)


def measure(database: Database, truth: str, crosswalk: str) -> Metrics:
    """Compare two tables of (source_system, source_record_id, …): truth with entity_id, crosswalk with customer_id.

    A record of the truth that no customer holds (it went to quarantine) counts as a customer of its own: losing a
    record costs recall. Records without a truth do not count.
    """
    row = database.execute(
        f"""
        with members as (
            select
                truth.entity_id,
                coalesce(
                    crosswalk.customer_id, 'lost ' || truth.source_system || ':' || truth.source_record_id
                ) as customer_id
            from {truth} as truth
            left join {crosswalk} as crosswalk
                on
                    truth.source_system = crosswalk.source_system
                    and truth.source_record_id = crosswalk.source_record_id
        ),
        cells as (
            select
                entity_id,
                customer_id,
                cast(count(*) as double precision) as records
            from members
            group by entity_id, customer_id
        ),
        sized as (
            select
                records,
                sum(records) over (partition by entity_id) as entity_records,
                sum(records) over (partition by customer_id) as customer_records
            from cells
        ),
        true_positives as (
            select
                sum(records) as records,
                sum(records * (records - 1) / 2) as pairs,
                count(*) filter (where records = entity_records and records = customer_records) as exact_clusters,
                sum(records * records / customer_records) as precision_sum,
                sum(records * records / entity_records) as recall_sum
            from sized
        ),
        customers as (
            select
                count(*) as clusters,
                sum(records * (records - 1) / 2) as pairs
            from (select cast(count(*) as double precision) as records from members group by customer_id) as c
        ),
        entities as (
            select
                count(*) as people,
                sum(records * (records - 1) / 2) as pairs
            from (select cast(count(*) as double precision) as records from members group by entity_id) as e
        )
        select
            true_positives.records,
            entities.people,
            customers.clusters,
            true_positives.pairs,
            customers.pairs,
            entities.pairs,
            true_positives.precision_sum,
            true_positives.recall_sum,
            true_positives.exact_clusters
        from true_positives
        cross join customers
        cross join entities
        """
    )[0]
    records, people, clusters, true_pairs, found_pairs, all_pairs, precision_sum, recall_sum, exact = (
        float(value or 0) for value in row
    )
    return Metrics(
        records=int(records),
        people=int(people),
        clusters=int(clusters),
        pairwise=_score(_share(true_pairs, found_pairs), _share(true_pairs, all_pairs)),
        b_cubed=_score(_share(precision_sum, records), _share(recall_sum, records)),
        exact_clusters=_score(_share(exact, clusters), _share(exact, people)),
    )


def cluster_sizes(database: Database, table: str, key: str) -> dict[int, int]:
    """How many groups of a table (its column `key` names the group) have how many records, by number of records."""
    rows = database.execute(
        f"""
        select
            records,
            count(*) as groups
        from (select count(*) as records from {table} group by {key}) as sized
        group by records
        order by records
        """
    )
    return {int(records): int(groups) for records, groups in rows}


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 1.0


def _score(precision: float, recall: float) -> Score:
    both = precision + recall
    return Score(
        round(precision, 6), round(recall, 6), round(2 * precision * recall / both if both else 0.0, 6)
    )
