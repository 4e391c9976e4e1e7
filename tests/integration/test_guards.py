"""Guards that a var switches on, in a whole build with its tests."""

import pytest

PERSON = {
    "first_name": "Jane",
    "last_name": "Smithers",
    "phone": "+1 415 555 2671",
    "date_of_birth": "1980-04-03",
    "street": "1 Elm Street",
    "city": "Boulder",
    "country": "US",
}
CRM_1 = PERSON | {"source_system": "crm", "source_record_id": "1", "gender": "f"}
CRM_2 = PERSON | {"source_system": "crm", "source_record_id": "2", "email": "jane@smithers.example"}
SHOP = PERSON | {"source_system": "shop", "source_record_id": "1"}


@pytest.mark.parametrize("listed", [[], ["crm"]], ids=["no source", "crm"])
def test_a_source_without_duplicates_has_one_record_of_a_customer(project, listed):
    project.records([CRM_1, CRM_2, SHOP])
    project.build("--exclude", "tag:demo", "tag:training", vars={"duplicate_free_sources": listed})
    rows = project.query("select record_key, customer_id from customer_crosswalk")
    customer_of = {row["record_key"]: row["customer_id"] for row in rows}
    assert (customer_of["crm:1"] == customer_of["crm:2"]) == (not listed)
    refused = project.query("select refused_reason from identity_edges where not is_accepted")
    queue = project.query("select reason, evidence from review_queue")
    assert {row["refused_reason"] for row in refused} == ({"second_record_of_source"} if listed else set())
    assert [row["reason"] for row in queue] == (["second_record_of_source"] if listed else [])
    # a steward is told why the two are in question
    assert all(row["evidence"] for row in queue)


def test_a_source_that_is_none_is_no_guard(project):
    project.records([CRM_1, SHOP])
    result = project.dbt(
        "build", "--exclude", "tag:demo", "tag:training", vars={"duplicate_free_sources": ["CRM"]}
    )
    assert not result
    assert "duplicate_free_sources_are_sources" in result.failures
