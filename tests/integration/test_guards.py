"""Guards that a var switches on, in a whole build with its tests."""

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
# a build without unit tests
WHOLE = ("--exclude", "tag:demo", "tag:training", "resource_type:unit_test")
SHOP = PERSON | {"source_system": "shop", "source_record_id": "1"}


def test_a_source_without_duplicates_has_one_record_of_a_customer(project):
    project.records([CRM_1, CRM_2, SHOP])
    project.build(*WHOLE, vars={"duplicate_free_sources": ["crm"]})
    rows = project.query("select record_key, customer_id from customer_crosswalk")
    customer_of = {row["record_key"]: row["customer_id"] for row in rows}
    assert customer_of["crm:1"] != customer_of["crm:2"]
    assert customer_of["shop:1"] in (customer_of["crm:1"], customer_of["crm:2"])
    refused = project.query("select refused_reason from identity_edges where not is_accepted")
    assert {row["refused_reason"] for row in refused} == {"second_record_of_source"}
    queue = project.query("select reason, evidence from review_queue")
    assert [row["reason"] for row in queue] == ["second_record_of_source"]
    # a steward is told why the two are in question
    assert queue[0]["evidence"]


def test_a_source_that_is_none_is_no_guard(project):
    project.records([CRM_1, SHOP])
    result = project.dbt("build", *WHOLE, vars={"duplicate_free_sources": ["CRM"]})
    assert not result
    assert "duplicate_free_sources_are_sources" in result.failures
