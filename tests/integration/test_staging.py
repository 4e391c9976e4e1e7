"""Staging models on delivered tables: the demo's, typed ones, absent ones and incomplete ones."""

import csv
from collections import Counter

import pytest

from identity_resolution.generation.generate import generate

DEMO = {
    "identity_sources": [
        "stg_crm__contacts",
        {"model": "stg_shop__customers", "default_country": "US", "date_order": "mdy"},
        "stg_support__requesters",
    ],
    "activity_sources": ["stg_shop__orders", "stg_support__tickets"],
}
STAGING = ("--select", "path:models/staging", "--exclude", "resource_type:test", "resource_type:unit_test")
SMALL_DEMO = 60

RAW_TABLES = {
    "crm_contacts": "raw_crm.contacts",
    "crm_accounts": "raw_crm.accounts",
    "shop_customers": "raw_shop.customers",
    "shop_orders": "raw_shop.orders",
    "support_requesters": "raw_support.requesters",
    "support_tickets": "raw_support.tickets",
}


@pytest.fixture(scope="module")
def small_demo(tmp_path_factory):
    """A generated folder of 60 records."""
    folder = tmp_path_factory.mktemp("small_demo")
    generate(SMALL_DEMO, 1, folder)
    return folder


@pytest.fixture
def delivered(project, small_demo):
    """A project whose raw tables are those of the small demo."""
    for file, table in RAW_TABLES.items():
        project.load(table, small_demo / f"{file}.csv")
    return project


def staged(project, model):
    """The rows of a staging model."""
    return project.query(f"select * from {project.schema}_staging.{model}")


def test_demo_is_staged_as_it_was_generated(project, tmp_path):
    result = project.dbt("seed", "--select", "tag:demo", vars=DEMO)
    assert result, result.failures or result.error
    project.run(*STAGING, vars=DEMO)
    generate(2400, 4, tmp_path)
    with (tmp_path / "records.csv").open(newline="", encoding="utf-8") as file:
        expected = Counter(tuple(row.items()) for row in csv.DictReader(file))
    models = ("stg_crm__contacts", "stg_shop__customers", "stg_support__requesters")
    found = Counter(
        tuple((name, value or "") for name, value in row.items())
        for model in models
        for row in staged(project, model)
    )
    assert found - expected == Counter()
    assert expected - found == Counter()
    assert len(staged(project, "stg_crm__accounts")) > 50
    orders = staged(project, "stg_shop__orders")
    assert {row["activity_type"] for row in orders} == {"order"}
    assert 0 < sum(row["amount"] is None for row in orders) < 20
    assert all(row["occurred_at"] for row in orders + staged(project, "stg_support__tickets"))


def test_columns_of_other_types_become_text(delivered):
    # as a warehouse that has cast them already, and with a column that nobody knows
    delivered.execute("alter table raw_shop.customers rename to delivered")
    delivered.execute(
        """
        create table raw_shop.customers as
        select
            delivered.*,
            1 as something_else
        from raw_shop.delivered as delivered
        where 1 = 0
        """
    )
    for column, kind in {"id": "bigint", "birth_date": "date", "updated_at": "timestamp"}.items():
        delivered.execute(
            f"alter table raw_shop.customers alter column {column} type {kind} using cast({column} as {kind})"
        )
    delivered.execute(
        "insert into raw_shop.customers (id, birth_date, updated_at, default_address_zip) "
        "values (7, '1980-03-04', '2026-01-31 08:00:00', '02134')"
    )
    delivered.execute("drop table raw_shop.orders cascade")
    delivered.execute(
        """
        create table raw_shop.orders as
        select
            1 as id,
            '#1' as name,
            7 as customer_id,
            cast(null as text) as email,
            'paid' as financial_status,
            'fulfilled' as fulfillment_status,
            'USD' as currency,
            cast(12.5 as numeric(10, 2)) as total_price,
            cast('2026-01-31 08:00:00' as timestamp) as created_at,
            cast(null as timestamp) as cancelled_at
        """
    )
    delivered.run("--select", "stg_shop__customers", "stg_shop__orders", vars=DEMO)
    (customer,) = staged(delivered, "stg_shop__customers")
    assert customer["source_record_id"] == "7"
    assert customer["date_of_birth"] == "1980-03-04"
    assert customer["updated_at"] == "2026-01-31 08:00:00"
    assert customer["postal_code"] == "02134"
    (order,) = staged(delivered, "stg_shop__orders")
    assert (order["activity_id"], order["source_record_id"], order["status"]) == ("1", "7", "paid")
    assert float(order["amount"]) == 12.5
    assert str(order["occurred_at"]) == "2026-01-31 08:00:00"


def test_incomplete_delivery_stops_the_build_with_a_line_a_table(delivered):
    delivered.execute("alter table raw_crm.contacts drop column birthdate")
    delivered.execute("alter table raw_shop.orders drop column name")
    delivered.execute("alter table raw_shop.orders drop column currency")
    delivered.execute("drop table raw_support.requesters")
    delivered.execute("drop table raw_crm.accounts")
    result = delivered.dbt("run", vars=DEMO)
    assert not result
    lines = [line.strip() for line in result.error.splitlines() if line.strip().startswith("raw_")]
    assert lines == [
        "raw_crm.contacts (source crm) lacks the column birthdate, "
        "listed in models/staging/crm/_crm__sources.yml",
        "raw_shop.orders (source shop) lacks the columns name, currency, "
        "listed in models/staging/shop/_shop__sources.yml",
        "raw_support.requesters (source support) does not exist: load it "
        "(for the demo: dbt seed --select tag:demo), "
        "or take stg_support__requesters out of the var identity_sources",
    ]
    schema = f"{delivered.schema}_staging"
    built = "select count(*) as n from information_schema.tables where table_schema = %s"
    assert delivered.query(built, (schema,))[0]["n"] == 0, "something was built"

    # what does not read these tables goes on; an absent table of companies counts as empty
    delivered.run("--select", "stg_shop__customers", "stg_support__tickets", "stg_crm__accounts", vars=DEMO)
    assert staged(delivered, "stg_shop__customers")
    assert staged(delivered, "stg_crm__accounts") == []
    # and so do commands that build no model
    assert delivered.dbt("compile", "--select", "stg_crm__contacts", vars=DEMO)
    assert delivered.dbt("seed", "--full-refresh", "--select", "crm_contacts", vars=DEMO)


def test_absent_activity_tables_count_as_empty(project):
    project.records([{"source_system": "crm", "source_record_id": "1", "full_name": "Jane Smithers"}])
    given = {"activity_sources": ["stg_shop__orders", "stg_support__tickets"]}
    result = project.run(*STAGING, vars=given)
    assert set(result.statuses) >= {"stg_generic__records", "stg_shop__orders", "stg_support__tickets"}
    assert "stg_crm__contacts" not in result.statuses, "a model that is not listed was run"
    assert staged(project, "stg_shop__orders") == staged(project, "stg_support__tickets") == []
    assert [row["full_name"] for row in staged(project, "stg_generic__records")] == ["Jane Smithers"]


def test_dry_run_needs_no_table(project):
    result = project.dbt("build", "--empty", "--select", "path:models/staging", vars=DEMO)
    assert result, result.failures or result.error
    assert staged(project, "stg_crm__contacts") == []
