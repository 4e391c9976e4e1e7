"""Customer ids over several builds: merges, splits, decisions of stewards, records that go and come back."""

import json

import pytest

MARTS = (
    *("golden_customers", "golden_customer_lineage", "customer_crosswalk", "customer_crosswalk_history"),
    *("customer_redirects", "identity_edges", "identity_history", "review_queue", "steward_decisions"),
)
TESTED = ("--exclude", "tag:demo", "tag:training", "resource_type:unit_test", "resource_type:seed")

ANN = {
    "first_name": "Annabel",
    "last_name": "Thistlewood",
    "email": "annabel.thistlewood@gmail.com",
    "phone": "+1 415 555 2671",
    "date_of_birth": "1980-04-03",
    "country": "US",
}
BEN = {
    "first_name": "Benedict",
    "last_name": "Marchbanks",
    "email": "benedict.marchbanks@gmail.com",
    "phone": "+1 503 555 1288",
    "date_of_birth": "1971-09-21",
    "country": "US",
}

STRANGER = {
    "first_name": "Zoltan",
    "last_name": "Okonkwo",
    "email": "zoltan@okonkwo.example",
    "date_of_birth": "1990-11-30",
    "country": "US",
}


def record(source, number, person, **changes):
    """A record of a person, with some values changed."""
    return person | {"source_system": source, "source_record_id": str(number)} | changes


def customers(project):
    """The customer_id of each record_key."""
    rows = project.query("select record_key, customer_id from customer_crosswalk")
    return {row["record_key"]: row["customer_id"] for row in rows}


def events(project, *, since=0):
    """The events after the first `since`, oldest first, without those that create customers."""
    rows = project.query(
        "select * from identity_history where event_type <> 'created' order by occurred_at, event_id"
    )
    return rows[since:]


def content(project):
    """All rows of all marts."""
    return {mart: sorted(map(str, project.query(f"select * from {mart}"))) for mart in MARTS}


def decide(project, *decisions):
    """Deliver the decisions of stewards: (record_key_a, record_key_b, decision, decided_at)."""
    columns = ("record_key_a", "record_key_b", "decision", "decided_by", "decided_at", "reason")
    rows = [
        dict(zip(columns, (one, other, decision, "kim", decided_at, "called them"), strict=True))
        for one, other, decision, decided_at in decisions
    ]
    project.load("raw_stewardship.decisions", rows, columns)


def test_merge_split_and_return(project):
    # two records that nothing links: two customers
    ann_1, ann_2 = record("crm", 1, ANN), record("crm", 2, ANN)
    shop = record("shop", 1, STRANGER)
    ben = record("support", 1, BEN)
    project.records([ann_1, ann_2, shop, ben])
    project.run()
    first = customers(project)
    assert len(set(first.values())) == 3
    assert first["crm:1"] == first["crm:2"]

    # nothing new: nothing changes, not even the history
    before = content(project)
    project.run()
    assert content(project) == before

    # the shop's record gets her name and mailbox: the larger customer keeps its id
    project.records([ann_1, ann_2, record("shop", 1, ANN), ben])
    project.run()
    second = customers(project)
    assert set(second.values()) == {first["crm:1"], first["support:1"]}
    (merged,) = events(project)
    assert merged["event_type"] == "merged"
    assert (merged["customer_id"], merged["other_customer_id"]) == (first["crm:1"], first["shop:1"])
    assert merged["cause"] == "edge"
    assert json.loads(merged["record_keys"]) == ["shop:1"]
    edge = project.query("select * from identity_edges where edge_id = %s", (merged["edge_id"],))
    assert edge[0]["is_accepted"]
    redirects = project.query("select * from customer_redirects")
    assert [(row["retired_customer_id"], row["customer_id"], row["status"]) for row in redirects] == [
        (first["shop:1"], first["crm:1"], "merged")
    ]

    # the correction is taken back: a split, and the id that was merged away is not given again
    project.records([ann_1, ann_2, shop, ben])
    project.run()
    third = customers(project)
    assert third["crm:1"] == third["crm:2"] == first["crm:1"]
    assert third["shop:1"] not in set(first.values())
    (split,) = events(project, since=1)
    assert (split["event_type"], split["cause"]) == ("split", "evidence_gone")
    assert (split["customer_id"], split["other_customer_id"]) == (first["crm:1"], third["shop:1"])

    # gone, then back
    project.records([ann_1, ann_2, shop])
    project.run()
    gone = project.query(
        "select * from customer_redirects where retired_customer_id = %s", (first["support:1"],)
    )
    assert [(row["customer_id"], row["status"]) for row in gone] == [(None, "erased")]
    project.records([ann_1, ann_2, shop, ben])
    project.build(*TESTED)
    assert customers(project) == third
    assert [event["event_type"] for event in events(project, since=2)] == ["retired", "restored"]

    # a rebuild of everything loses no id
    before = content(project)
    project.build(*TESTED, "--full-refresh")
    assert content(project) == before


def test_the_crosswalk_of_a_past_time(project):
    project.records([record("crm", 1, ANN), record("shop", 1, STRANGER)])
    project.run()
    first = customers(project)
    project.records([record("crm", 1, ANN), record("shop", 1, ANN)])
    project.run()
    assert len(set(customers(project).values())) == 1
    (merged,) = events(project)
    for time, expected in (
        (merged["occurred_at"], customers(project)),
        ("just before", first),
    ):
        at = f"cast('{merged['occurred_at']}' as timestamp)"
        at = at if time != "just before" else f"{at} - interval '1 microsecond'"
        inline = (
            'select record_key, customer_id from {{ customer_crosswalk_as_of("' + at + '") }} as crosswalk'
        )
        rows = project.show(inline)
        assert {row["record_key"]: row["customer_id"] for row in rows} == expected


def test_decisions_of_stewards(project):
    # two customers of two records each, whose birth dates no guard would let together
    records = [
        record("crm", 1, ANN),
        record("crm", 2, ANN),
        record("shop", 1, BEN),
        record("shop", 2, BEN),
        record("support", 1, STRANGER),
    ]
    project.records(records)
    project.run()
    apart = customers(project)
    assert len(set(apart.values())) == 3

    # both whole customers are put together
    decide(project, ("shop:2", "crm:1", "match", "2026-01-01"))
    project.run()
    together = customers(project)
    assert len({together[key] for key in ("crm:1", "crm:2", "shop:1", "shop:2")}) == 1
    assert together["support:1"] == apart["support:1"]
    (merged,) = events(project)
    assert (merged["event_type"], merged["cause"]) == ("merged", "decision")
    assert json.loads(merged["evidence"])["decided_by"] == "kim"

    # one of them is kept apart all the same: cut off where no decision holds it
    decide(
        project,
        ("shop:2", "crm:1", "match", "2026-01-01"),
        ("shop:1", "crm:2", "no_match", "2026-01-02"),
    )
    project.run()
    cut = customers(project)
    assert cut["crm:1"] == cut["shop:2"]
    assert cut["crm:2"] != cut["shop:1"]
    assert len(set(cut.values())) == 3
    (split,) = events(project, since=1)
    assert (split["event_type"], split["cause"]) == ("split", "decision")
    refused = project.query("select refused_reason from identity_edges where not is_accepted")
    assert {row["refused_reason"] for row in refused} == {"cannot_link"}

    # a contradiction is reported and nothing is guessed: the no_match holds, the matches do not
    decide(
        project,
        ("shop:2", "crm:1", "match", "2026-01-01"),
        ("crm:1", "support:1", "match", "2026-01-01"),
        ("support:1", "shop:2", "no_match", "2026-01-02"),
        ("crm:1", "nobody:9", "match", "2026-01-02"),
        ("crm:1", "crm:2", "maybe", "2026-01-02"),
    )
    project.run()
    again = customers(project)
    assert (again["crm:1"] == apart["crm:1"]) != (again["shop:1"] == apart["shop:1"])
    assert len(set(customers(project).values())) == 3
    status = {
        (row["record_key_a"], row["record_key_b"]): row["status"]
        for row in project.query("select * from steward_decisions")
    }
    assert status == {
        ("shop:2", "crm:1"): "contradicted",
        ("crm:1", "support:1"): "contradicted",
        ("support:1", "shop:2"): "applied",
        ("crm:1", "nobody:9"): "unknown_record",
        ("crm:1", "crm:2"): "malformed",
    }

    # a customer that evidence holds together is split
    decide(project, ("crm:2", "crm:1", "no_match", "2026-02-01"))
    project.build(*TESTED)
    split = customers(project)
    assert split["crm:1"] != split["crm:2"]
    queue = project.query("select record_key_a, record_key_b from review_queue")
    assert {"crm:1", "crm:2"} not in [set(row.values()) for row in queue]


def test_a_build_that_would_change_too_many_ids_stops(project):
    people = [
        {
            "first_name": f"Name{chr(97 + n)}",
            "last_name": f"Surname{chr(97 + n)}",
            "email": f"n{n}@example{n}.org",
            "country": "US",
        }
        for n in range(8)
    ]
    apart = [record("crm", n, person) for n, person in enumerate(people)]
    apart += [record("shop", n, person, email=None, last_name=f"Other{n}") for n, person in enumerate(people)]
    project.records(apart)
    project.run()
    before = content(project)
    project.records(
        [record(source, n, person) for source in ("crm", "shop") for n, person in enumerate(people)]
    )
    strict = {"id_churn_minimum": 5}
    result = project.dbt("run", vars=strict)
    assert not result
    message = result.failures["int_customer_assignments"]
    assert "the customer_id of 8 of 16 source records would change" in message
    assert "max_id_churn: 1" in message
    assert sorted(map(str, project.query("select * from customer_crosswalk"))) == before["customer_crosswalk"]
    result = project.dbt("build", *TESTED, vars=strict)
    assert "no_more_ids_change_than_max_id_churn" in result.failures
    project.run(vars=strict | {"max_id_churn": 1})
    assert len(set(customers(project).values())) == 8


@pytest.mark.parametrize("decisions", [None, []])
def test_no_decisions(project, decisions):
    if decisions is not None:
        decide(project)
    project.records([record("crm", 1, ANN)])
    project.run()
    assert project.query("select * from steward_decisions") == []


def hard_graphs():
    """A chain, a ring and hubs of identifiers, as lists of records."""
    chain, ring, hub = [], [], []
    for n in range(10):
        # each shares the mailbox with the one before and the phone with the next
        values = {"email": f"chain{n // 2}@chain.example", "phone": f"+1 415 555 {100 + (n + 1) // 2:04d}"}
        chain.append(record("crm", f"chain{n}", {"first_name": "Carla", "last_name": "Lindqvist", **values}))
        values = {"email": f"ring{n // 2}@ring.example", "phone": f"+1 415 555 {200 + (n + 1) // 2 % 5:04d}"}
        ring.append(record("shop", f"ring{n}", {"first_name": "Ruben", "last_name": "Oyelaran", **values}))
    for n in range(60):
        # a mailbox of one person, and one that too many names share
        name = (
            {"first_name": "Hubert", "last_name": "Vandermeer"}
            if n < 20
            else {"first_name": "Q", "last_name": f"Name{chr(97 + n % 26)}son"}
        )
        hub.append(record("support", f"hub{n}", {**name, "email": f"hub{n >= 20}@hub.example".lower()}))
    return chain, ring, hub


def parts(project):
    """Which records are together."""
    found = {}
    for record_key, customer_id in customers(project).items():
        found.setdefault(customer_id, set()).add(record_key)
    return set(map(frozenset, found.values()))


def test_chains_rings_and_hubs_do_not_depend_on_batches(make_project, target):
    graphs = [{**each, "country": "US"} for graph in hard_graphs() for each in graph]
    with make_project(target) as project:
        project.records(graphs)
        project.run()
        expected = parts(project)
    assert sum(len(part) == 10 for part in expected) == 2, "chain and ring hang together"
    with make_project(target) as project:
        # every third record, then the next ones: most links come with a later batch, from its middle
        for batch in range(3):
            project.records([each for place, each in enumerate(graphs) if place % 3 <= batch])
            project.run(vars={"max_id_churn": 1})
        assert parts(project) == expected
