"""Reads from a finished build why two records are one customer, or two."""

from collections.abc import Sequence
from typing import Any

from identity_resolution.errors import FailedWorkError, UserError
from identity_resolution.explanation.graph import CustomerGraph, Edge, as_link, read_evidence
from identity_resolution.warehouse.database import Database

ONE_CUSTOMER, TWO_CUSTOMERS, RECORD_GONE = "one_customer", "two_customers", "record_gone"

REFUSALS = {
    "cannot_link": "a steward's decision keeps the two customers apart",
    "second_record_of_source": "together they had two records of a source without duplicates (duplicate_free_sources)",
    "conflicting_birth_dates": "their birth dates lie a generation apart (generation_years)",
    "conflicting_name_suffixes": "their generational suffixes differ, as those of Jr and Sr do",
    "too_many_records": "together they had more records than a customer may have (max_records_per_customer)",
    "too_many_emails": "together they had more emails than a customer may have (max_emails_per_customer)",
    "evidence_against": "all pairs of records across the two customers together speak against it (lowest_mean_weight)",
    "uncertain_match": "the match probability is below merge_threshold",
}


def explain_records(database: Database, one: str, other: str) -> dict[str, Any]:
    """Why two records are one customer, or two.

    Returns: records (of each its customer, or its last one if the record has gone from its source), verdict, in_words
    (sentences), and by verdict path (links, weakest first) and separation (the least that would separate them), or
    refused_edges and review_cases between the two customers; decisions of stewards. Raises UserError for a key that
    was never a record's.
    """
    if one == other:
        raise UserError("RECORD_A and RECORD_B are the same record; give two")
    places = [_place(database, "RECORD_A", one), _place(database, "RECORD_B", other)]
    if not all(place["is_present"] for place in places):
        return {"records": places, "verdict": RECORD_GONE, "in_words": _words_of_gone(places)}
    if places[0]["customer_id"] == places[1]["customer_id"]:
        return _one_customer(database, places)
    return _two_customers(database, places)


def _place(database: Database, argument: str, key: str) -> dict[str, Any]:
    """Where a record is, or was last, and what has become of that customer."""
    schema = database.target.schema
    rows = database.execute(
        f"""
        select customer_id, valid_to
        from {schema}.customer_crosswalk_history
        where record_key = %s
        order by valid_from desc
        limit 1
        """,
        (key,),
    )
    if not rows:
        raise UserError(_unknown(database, argument, key))
    customer_id, valid_to = rows[0]
    redirects = database.execute(
        f"select customer_id, status, retired_at from {schema}.customer_redirects where retired_customer_id = %s",
        (customer_id,),
    )
    redirect = (
        dict(zip(("customer_id", "status", "retired_at"), map(_plain, redirects[0]), strict=True))
        if redirects
        else None
    )
    living = redirect["customer_id"] if redirect else customer_id
    count = f"select count(*) from {schema}.customer_crosswalk where customer_id = %s"
    return {
        "record_key": key,
        "is_present": valid_to is None,
        "gone_at": _plain(valid_to),
        "customer_id": customer_id,
        "redirect": redirect,
        "living_customer_id": living,
        "living_record_count": int(database.execute(count, (living,))[0][0]) if living else 0,
    }


def _unknown(database: Database, argument: str, key: str) -> str:
    """What is wrong with a key that no record has or had. The key itself is not repeated: an id may be an email."""
    schema = database.target.schema
    source, _, record = key.partition(":")
    reasons = database.execute(
        f"""
        select distinct reason
        from {schema}.quarantined_records
        where source_system = %s and source_record_id = %s
        """,
        (source, record),
    )
    if reasons:
        listed = ", ".join(sorted(reason for (reason,) in reasons))
        return f"{argument} is no source record: its row is in quarantine ({listed})"
    sources = database.execute(f"select distinct source_system from {schema}.customer_crosswalk")
    if (source,) not in sources:
        listed = ", ".join(sorted(name for (name,) in sources)) or "none"
        return f"{argument} names no source system of this build; found: {listed}; a record key is source:id"
    return f"{argument} is no source record of this build, and was none of an earlier one; a record key is source:id"


def _one_customer(database: Database, places: Sequence[dict[str, Any]]) -> dict[str, Any]:
    one, other = (place["record_key"] for place in places)
    customer_id = places[0]["customer_id"]
    members = database.execute(
        f"""
        select record_key, record_id
        from {database.target.schema}_intermediate.int_customer_members
        where customer_id = %s
        """,
        (customer_id,),
    )
    edges = _edges(database, customer_id, customer_id)
    graph = CustomerGraph(edges, {key: int(record_id) for key, record_id in members})
    if not graph.is_connected(one, other):
        what = f"{database.description} lacks a whole build"
        raise FailedWorkError(
            f"no path of accepted edges joins the two records: {what}; build it with: dbt build"
        )
    path, separation = graph.strongest_path(one, other), graph.separation(one, other)
    decisions = [
        decision
        for decision in _decisions(database, customer_id, customer_id)
        if {decision["record_key_a"], decision["record_key_b"]} == {one, other}
    ]
    return {
        "records": list(places),
        "verdict": ONE_CUSTOMER,
        "in_words": [
            f"{one} and {other} are one customer, {customer_id}, of {_count(len(members), 'record')}.",
            _words_of_separation(separation, one, other),
        ],
        "path": path,
        "separation": separation,
        "decisions": decisions,
    }


def _two_customers(database: Database, places: Sequence[dict[str, Any]]) -> dict[str, Any]:
    customer_a, customer_b = (place["customer_id"] for place in places)
    refused = [
        as_link([edge]) | {"refused_reason": edge.refused_reason, "in_words": _refusal(edge.refused_reason)}
        for edge in _edges(database, customer_a, customer_b)
    ]
    cases = _review_cases(database, customer_a, customer_b)
    decisions = _decisions(database, customer_a, customer_b)
    words = [_words_of_place(place) for place in places]
    if not (refused or cases or decisions):
        words.append(
            "No evidence links them: no edge, no case of the review queue and no decision of a steward lies between "
            "the two customers."
        )
    return {
        "records": list(places),
        "verdict": TWO_CUSTOMERS,
        "in_words": words,
        "refused_edges": refused,
        "review_cases": cases,
        "decisions": decisions,
    }


def _refusal(reason: str | None) -> str:
    return REFUSALS.get(reason or "", reason or "")


def _edges(database: Database, customer_a: str, customer_b: str) -> list[Edge]:
    """The edges between two customers, or within one, the strongest first."""
    rows = database.execute(
        f"""
        select
            edge_id, record_key_a, record_key_b, edge_type, rule_name, match_weight, match_probability, evidence,
            refused_reason
        from {database.target.schema}.identity_edges
        where (customer_id_a = %s and customer_id_b = %s) or (customer_id_a = %s and customer_id_b = %s)
        order by match_weight desc, edge_id
        """,
        (customer_a, customer_b, customer_b, customer_a),
    )
    return [Edge(*map(_plain, row)) for row in rows]


def _review_cases(database: Database, customer_a: str, customer_b: str) -> list[dict[str, Any]]:
    columns = (
        *("review_id", "record_key_a", "record_key_b", "reason"),
        *("match_weight", "match_probability", "evidence"),
    )
    rows = database.execute(
        f"""
        select {", ".join(columns)}
        from {database.target.schema}.review_queue
        where (customer_id_a = %s and customer_id_b = %s) or (customer_id_a = %s and customer_id_b = %s)
        order by review_id
        """,
        (customer_a, customer_b, customer_b, customer_a),
    )
    cases = [dict(zip(columns, map(_plain, row), strict=True)) for row in rows]
    return [
        case
        | {
            "in_words": _refusal(case["reason"]),
            "evidence": read_evidence(case["evidence"], case["match_weight"]),
        }
        for case in cases
    ]


def _decisions(database: Database, customer_a: str, customer_b: str) -> list[dict[str, Any]]:
    """What stewards have decided about a record of one customer and one of the other, the latest last."""
    columns = ("record_key_a", "record_key_b", "decision", "status", "decided_by", "decided_at", "reason")
    schema = database.target.schema
    rows = database.execute(
        f"""
        select {", ".join(f"decisions.{column}" for column in columns)}
        from {schema}.steward_decisions as decisions
        inner join {schema}.customer_crosswalk as one on decisions.record_key_a = one.record_key
        inner join {schema}.customer_crosswalk as other on decisions.record_key_b = other.record_key
        where
            (one.customer_id = %s and other.customer_id = %s)
            or (one.customer_id = %s and other.customer_id = %s)
        order by decisions.decided_at, decisions.decision_id
        """,
        (customer_a, customer_b, customer_b, customer_a),
    )
    return [dict(zip(columns, map(_plain, row), strict=True)) for row in rows]


def _words_of_separation(separation: dict[str, Any], one: str, other: str) -> str:
    links, weight = separation["links"], separation["match_weight"]
    parts = (separation["record_keys_a"], separation["record_keys_b"])
    mine, yours = parts if one in parts[0] else parts[::-1]
    if len(links) == 1:
        one_key, other_key = links[0]["record_key_a"], links[0]["record_key_b"]
        what = f"one link, between {one_key} and {other_key}, of weight {weight:.2f}. Without it"
    else:
        what = f"{len(links)} links, of weight {weight:.2f} together. Without all of them"
    return (
        f"The least that holds them together: {what} {one}{_company(mine)} and {other}{_company(yours)} "
        "would be two customers."
    )


def _company(part: Sequence[str]) -> str:
    return f" (with {_count(len(part) - 1, 'other record')})" if len(part) > 1 else ""


def _words_of_place(place: dict[str, Any]) -> str:
    count = _count(place["living_record_count"], "record")
    return f"{place['record_key']} belongs to customer {place['customer_id']}, of {count}."


def _words_of_gone(places: Sequence[dict[str, Any]]) -> list[str]:
    words = []
    for place in places:
        key, last, living = place["record_key"], place["customer_id"], place["living_customer_id"]
        count = _count(place["living_record_count"], "record")
        if place["is_present"]:
            words.append(_words_of_place(place))
            continue
        gone = f"{key} has gone from its source, as of {place['gone_at']} (UTC). Its last customer was {last}, which"
        if living is None:
            words.append(f"{gone} has no records any more and leads nowhere.")
        elif living == last:
            words.append(f"{gone} still has {count}.")
        else:
            words.append(f"{gone} was merged and leads to customer {living}, of {count}.")
    if all(place["living_customer_id"] for place in places):
        is_same = places[0]["living_customer_id"] == places[1]["living_customer_id"]
        words.append("Both lead to one customer." if is_same else "They lead to two customers.")
    return words


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def _plain(value: Any) -> Any:
    """A value of a row as JSON has it: a weight as a number, a time as text."""
    if value is None or isinstance(value, str | int | float):
        return value
    return value.isoformat(sep=" ") if hasattr(value, "isoformat") else float(value)
