"""Wrong configurations, each with the one line that says so."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from identity_resolution.cli import app
from identity_resolution.config import ConfigurationError, Settings, check_project, parse_vars
from identity_resolution.config.project import Project, selected_columns

ROOT = Path(__file__).parents[2]
LEVELS = "seeds/rules/level_probabilities.csv"
RATES = "seeds/rules/class_rates.csv"
TERMS = "seeds/rules/term_frequencies.csv"
COUNTS = "seeds/rules/source_counts.csv"
PROFILE = "seeds/rules/model_profile.csv"
WEIGHTS = "seeds/rules/deterministic_weights.csv"
BLOCKED = "seeds/rules/blocked_identifiers.csv"
SURVIVORSHIP = "seeds/rules/survivorship_rules.csv"
PRIORITIES = "seeds/rules/source_priorities.csv"
STATUSES = "seeds/rules/activity_statuses.csv"

FILES = {
    "dbt_project.yml": """
name: identity_resolution
vars:
  identity_sources: [{model: stg_crm__contacts, default_country: DE, date_order: dmy}, stg_shop__customers]
  activity_sources: [stg_shop__orders]
  extra_vars: []
  merge_threshold: 0.9
  review_threshold: 0.7
  max_emails_per_customer: 5
  max_records_per_customer: 100
  max_id_churn: 0.02
  id_churn_minimum: 100
  max_household_size: 12
  max_names_per_identifier: 4
  generation_years: 15
  birth_date_confirmations: 2
  lowest_pair_weight: -10
  highest_pair_weight: 12
  certain_match_weight: 5
  duplicate_free_sources: []
  lowest_mean_weight: -3
  max_component_size: 200
  max_explained_records: 30
  use_trained_term_frequencies: true
  deterministic_rules:
    - {name: same_email_and_first_name, identifier: email, same_columns: [first_name]}
    - {name: same_phone, identifier: phone, same_columns: []}
  max_block_size: 40
  candidate_pairs_per_record: 5
  candidate_pairs_minimum: 2000000
  max_candidate_pairs: 200000000
  blocking_rules:
    - {name: email, keys: [email_key], refine_by: [first_name]}
    - {name: name_in_email, alternatives: [[name_letters], [email_letters]]}
""",
    "macros/matching/comparisons.sql": """
{# The comparisons. #}
{% macro comparisons() %}{{ return([{'name': 'birth_date', 'levels': 5}, {'name': 'gender', 'levels': 3}]) }}{% endmacro %}
""",
    "macros/matching/most_source_records.sql": "{% macro most_source_records() %}{{ return(2) }}{% endmacro %}",
    "macros/matching/pair_classes.sql": """
{% macro pair_classes() %}{{ return(['match', 'household', 'colleague', 'unrelated']) }}{% endmacro %}
""",
    "macros/matching/identifier_columns.sql": """
{% macro identifier_columns() %}
    {{ return([{'identifier_type': 'email', 'column': 'e'}, {'identifier_type': 'phone', 'column': 'p'}]) }}
{% endmacro %}
""",
    "macros/survivorship/golden_attributes.sql": """
{% macro golden_attributes() %}{{ return([{'name': 'email'}, {'name': 'phone'}]) }}{% endmacro %}
""",
    "macros/survivorship/survivorship_strategies.sql": """
{% macro survivorship_strategies() %}{{ return([{'name': 'most_recent'}, {'name': 'longest'}]) }}{% endmacro %}
""",
    "models/intermediate/int_record_features.sql": """
with final as (select r.record_id, r.first_name, k as email_key, r.email_letters, a || b as name_letters from r)
select * from final
""",
    "models/staging/crm/stg_crm__contacts.sql": "select 1",
    "models/staging/shop/stg_shop__customers.sql": "select 1",
    "models/staging/shop/stg_shop__orders.sql": "select 1",
    "seeds/reference/country_names.csv": "country_name,country_code\ngermany,DE\nnorway,NO\nunited states,US\n",
    "seeds/reference/phone_countries.csv": "country_code,calling_code\nDE,49\nXK,383\n",
    LEVELS: """
comparison,level,description,match,household,colleague,unrelated
birth_date,1,exact,0.79,0.03,1e-05,1e-05
birth_date,2,one edit,0.11,0.07,0.00499,0.00499
birth_date,3,a generation apart,0.05,0.45,0.495,0.495
birth_date,4,"disagree, otherwise",0.05,0.45,0.5,0.5
gender,1,same,0.97,0.5,0.5,0.5
gender,2,different,0.03,0.5,0.5,0.5
""",
    RATES: """
class,pairs_per_record,description
match,1.0,two records of one person
household,0.5,two people of one household
colleague,1,two people of one company
""",
    TERMS: """
attribute,term,record_count
city,*,900
city,leeds,12
""",
    COUNTS: """
source_system,record_count,share
*,0,0.4
*,1,0.5
*,2,0.1
crm,0,0.3
crm,1,0.69
crm,2,0.01
""",
    PROFILE: """
property,value
origin,shipped
""",
    WEIGHTS: """
rule_name,match_weight,comment
same_email_and_first_name,12,a mailbox of one's own
same_phone,8,
""",
    BLOCKED: """
identifier_type,identifier_value,comment
phone,005551212,directory assistance
email,noreply@example.com,sender of automatic mail
""",
    SURVIVORSHIP: """
attribute,position,strategy,comment
email,1,most_recent,
email,2,longest,
phone,1,most_recent,
""",
    PRIORITIES: """
attribute,source_system,priority,comment
*,crm,1,
email,shop,1,
""",
    STATUSES: """
activity_type,status,is_cancelled,is_open,comment
order,voided,true,false,
ticket,new,false,true,
""",
}


@pytest.fixture
def project(tmp_path):
    """The files of a small project whose configuration is right."""
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text.lstrip())
    return tmp_path


def lines(project, **given):
    """The lines of the faults that a check finds."""
    try:
        check_project(project, given)
    except ConfigurationError as error:
        return str(error).splitlines()
    return []


def edit(path, old, new, count=-1):
    """Replace text in a file that must hold it."""
    text = path.read_text()
    assert old in text, f"{old!r} is no longer in {path.name}"
    path.write_text(text.replace(old, new, count))


def test_shipped_configuration_is_valid():
    assert lines(ROOT) == []


def test_right_configuration_is_valid(project):
    assert lines(project) == []


SOURCE = {"model": "stg_crm__contacts"}
DETERMINISTIC = {"name": "same_email_and_first_name", "identifier": "email", "same_columns": ["first_name"]}
BLOCKING = {"name": "email", "keys": ["email_key"]}

WRONG_VARS = [
    ("merge_threshold", 1.2, "found 1.2; allowed: a number above 0 and below 1"),
    ("merge_threshold", 0, "found 0; allowed: a number above 0 and below 1"),
    ("merge_threshold", "0.9", "found '0.9'; allowed: a number above 0 and below 1"),
    ("merge_threshold", None, "found nothing; allowed: a number above 0 and below 1"),
    ("merge_threshold", float("nan"), "found NaN; allowed: a number above 0 and below 1"),
    ("merge_threshold", 0.6, "found 0.6; allowed: review_threshold (0.7) or more"),
    ("max_emails_per_customer", 0, "found 0; allowed: a whole number, 1 or more"),
    ("max_emails_per_customer", 2.5, "found 2.5; allowed: a whole number, 1 or more"),
    (
        "max_records_per_customer",
        True,
        "found true, which is how YAML reads a bare yes, no, on or off; allowed: a whole number, 1 or more",
    ),
    ("certain_match_weight", 0, "found 0; allowed: a number above 0"),
    ("duplicate_free_sources", "crm", "found 'crm'; allowed: a list"),
    ("max_block_size", 1, "found 1; allowed: a whole number, 2 or more"),
    ("candidate_pairs_per_record", -5, "found -5; allowed: a number above 0"),
    ("max_candidate_pairs", 0, "found 0; allowed: a whole number, 1 or more"),
    ("candidate_pairs_minimum", -1, "found -1; allowed: a whole number, 0 or more"),
    ("lowest_pair_weight", 3, "found 3; allowed: a number below 0"),
    (
        "lowest_mean_weight",
        -11,
        "found -11; allowed: from lowest_pair_weight (-10) to highest_pair_weight (12)",
    ),
    ("activity_sources", "stg_shop__orders", "found 'stg_shop__orders'; allowed: a list"),
    (
        "activity_sources[1]",
        ["stg_shop__orders", "stg_shop__order"],
        "found 'stg_shop__order'; no model of the staging layer; did you mean stg_shop__orders?",
    ),
    (
        "activity_sources[1]",
        ["stg_shop__orders", "stg_shop__orders"],
        "the same name as [0], stg_shop__orders; allowed: each once",
    ),
    ("identity_sources", [], "found an empty list; allowed: one entry or more"),
    (
        "identity_sources[0].model",
        ["stg_crm__contact"],
        "found 'stg_crm__contact'; no model of the staging layer; did you mean stg_crm__contacts?",
    ),
    (
        "identity_sources[0].model",
        ["int_record_features"],
        "found 'int_record_features'; no model of the staging layer; allowed: stg_crm__contacts, stg_shop__customers, stg_shop__orders",
    ),
    ("identity_sources[0].model", [{"default_country": "US"}], "missing, and there is no default"),
    ("identity_sources[0].modle", [{**SOURCE, "modle": "x"}], "no key; did you mean model?"),
    (
        "identity_sources[1]",
        [SOURCE, "stg_crm__contacts"],
        "the same model as [0], stg_crm__contacts; allowed: each once",
    ),
    (
        "identity_sources[0]",
        [7],
        "found 7; allowed: a mapping with the keys model, default_country, date_order",
    ),
    (
        "identity_sources[0].default_country",
        [{**SOURCE, "default_country": "UK"}],
        "found 'UK'; allowed: an ISO 3166 alpha-2 country code in quotes, such as 'US' or 'GB'",
    ),
    (
        "identity_sources[0].default_country",
        [{**SOURCE, "default_country": False}],
        "found false, which is how YAML reads a bare yes, no, on or off; allowed: an ISO 3166 alpha-2 country code in quotes, such as 'US' or 'GB'",
    ),
    (
        "identity_sources[0].date_order",
        [{**SOURCE, "date_order": "DMY"}],
        "found 'DMY'; no date order; did you mean dmy?",
    ),
    ("deterministic_rules", [], "found an empty list; allowed: one entry or more"),
    (
        "deterministic_rules[0].identifier",
        [{"name": "same_email_and_first_name", "identifier": "e-mail", "same_columns": ["first_name"]}],
        "found 'e-mail'; no identifier; did you mean email?",
    ),
    (
        "deterministic_rules[0].same_columns[0]",
        [{"name": "same_email_and_first_name", "identifier": "email", "same_columns": ["frist_name"]}],
        "found 'frist_name'; no column of int_record_features; did you mean first_name?",
    ),
    (
        "deterministic_rules[0].same_columns",
        [{"name": "same_email_and_first_name", "identifier": "email"}],
        "missing, and there is no default",
    ),
    (
        "blocking_rules[0].keys[0]",
        [{"name": "email", "keys": ["emial_key"]}],
        "found 'emial_key'; no column of int_record_features; did you mean email_key?",
    ),
    (
        "blocking_rules[0].refine_by[1]",
        [{"name": "email", "keys": ["email_key"], "refine_by": ["first_name", 3]}],
        "found 3; no column of int_record_features; allowed: email_key, email_letters, first_name, name_letters, record_id",
    ),
    (
        "blocking_rules[0].keys",
        [{"name": "a", "keys": []}],
        "found an empty list; allowed: one entry or more",
    ),
    (
        "blocking_rules[0].alternatives[1]",
        [{"name": "a", "alternatives": [["name_letters"], "email_letters"]}],
        "found 'email_letters'; allowed: a list",
    ),
    ("blocking_rules[0]", [{"name": "a"}], "found neither keys nor alternatives; allowed: one of the two"),
    (
        "blocking_rules[0]",
        [{"name": "a", "keys": ["email_key"], "refine_by": ["email_key"]}],
        "found email_key twice; allowed: each column once in keys and refine_by together",
    ),
    (
        "blocking_rules[0]",
        [{"name": "email", "keys": ["email_key"], "alternatives": [["first_name"]]}],
        "found both keys and alternatives; allowed: one of the two",
    ),
    (
        "blocking_rules[1]",
        [BLOCKING, {"name": "email", "keys": ["first_name"]}],
        "the same name as [0], email; allowed: each once",
    ),
    (
        "blocking_rules[0].name",
        [{"name": "same e-mail", "keys": ["email_key"]}],
        "found 'same e-mail'; allowed: lower-case letters, digits and underscores, a letter first",
    ),
    (
        "blocking_rules",
        [{"name": f"rule_{number}", "keys": ["email_key"]} for number in range(63)],
        "found 63 entries; allowed: 62 at most",
    ),
    (
        "merge_treshold",
        0.9,
        "no var of this project (extra_vars lists those of others); did you mean merge_threshold?",
    ),
]


@pytest.mark.parametrize(("path", "value", "expected"), WRONG_VARS)
def test_wrong_var(project, path, value, expected):
    var = path.partition("[")[0]
    assert lines(project, **{var: value}) == [f"--vars {path}: {expected}"]


WRONG_PROJECT_FILES = [
    (
        "merge_threshold: 0.9",
        "merge_threshold: 90",
        "vars.merge_threshold: found 90; allowed: a number above 0 and below 1",
    ),
    ("  merge_threshold: 0.9\n", "", "vars.merge_threshold: missing, and there is no default"),
    (
        "review_threshold: 0.7",
        "review_threshold: 0.95",
        "vars.merge_threshold: found 0.9; allowed: review_threshold (0.95) or more",
    ),
    (
        "max_emails_per_customer: 5",
        "max_emails_per_customer: 5\n  identity_resolution: {max_block_size: 0}",
        "vars.max_block_size: found 0; allowed: a whole number, 2 or more",
    ),
    (
        "{name: email, keys: [email_key]",
        "{name: email, keys: [emial_key]",
        "vars.blocking_rules[0].keys[0]: found 'emial_key'; no column of int_record_features; did you mean email_key?",
    ),
    (
        "name: identity_resolution",
        "name: other",
        "dbt_project.yml, name: found 'other'; allowed: identity_resolution",
    ),
]


@pytest.mark.parametrize(("old", "new", "expected"), WRONG_PROJECT_FILES)
def test_wrong_project_file(project, old, new, expected):
    edit(project / "dbt_project.yml", old, new, 1)
    assert lines(project) == [expected]


MALFORMED_PROJECT_FILES = [
    ("vars: [1, 2]", "vars: found [1, 2] in dbt_project.yml; allowed: a mapping of names to values"),
    ("models: {}", "vars: found nothing in dbt_project.yml; allowed: a mapping of names to values"),
    (
        "vars: {a: 1\nmodels: 2",
        "dbt_project.yml line 3: not readable as YAML: expected ',' or '}', but got ':'",
    ),
    ("vars:\n  a: 1\n  a: 2", "dbt_project.yml line 4: not readable as YAML: the key a stands twice"),
]


@pytest.mark.parametrize(("text", "expected"), MALFORMED_PROJECT_FILES)
def test_malformed_project_file(project, text, expected):
    (project / "dbt_project.yml").write_text(f"name: identity_resolution\n{text}\n")
    assert lines(project) == [expected]


WRONG_SEEDS = [
    (LEVELS, "birth_date,2,", "birth_date,5,", " line 3, level: found 5; allowed for birth_date: 1 to 4"),
    (
        LEVELS,
        "birth_date,2,",
        "birth_date,1,",
        " line 3: the same comparison and level (birth_date, 1) as line 2",
    ),
    (LEVELS, "exact,0.79", "exact,7.9", " line 2, match: found '7.9'; allowed: a number above 0, at most 1"),
    (LEVELS, "exact,0.79", "exact,0", " line 2, match: found '0'; allowed: a number above 0, at most 1"),
    (LEVELS, "exact,0.79", "exact,nan", " line 2, match: found 'nan'; allowed: a number above 0, at most 1"),
    (LEVELS, "exact,0.79", "exact,", " line 2, match: found nothing; allowed: a number above 0, at most 1"),
    (
        LEVELS,
        "exact,0.79",
        "exact,0.97",
        ", birth_date, match: its levels sum to 1.18; allowed: 1, give or take 0.01",
    ),
    (
        LEVELS,
        "gender,2,",
        "gendre,2,",
        " line 7, comparison: found 'gendre'; no comparison; did you mean gender?",
    ),
    (LEVELS, "gender,2,", "gender,two,", " line 7, level: found 'two'; allowed: a whole number, 1 or more"),
    (
        LEVELS,
        ",household,",
        ",houshold,",
        " line 1: houshold is no column of this seed; did you mean household?",
    ),
    (
        LEVELS,
        "2,different,",
        "2,different, or unknown,",
        " line 7: found 8 fields; allowed: 7, as on line 1",
    ),
    (LEVELS, "2,different", '2,"different', " line 7: not readable as CSV: unexpected end of data"),
    (
        TERMS,
        "city,leeds,12",
        "town,leeds,12",
        " line 3, attribute: found 'town'; no attribute with term frequencies; allowed: city, first_name, last_name",
    ),
    (
        TERMS,
        "city,leeds,12",
        "city,leeds,0",
        " line 3, record_count: found '0'; allowed: a whole number, 1 or more",
    ),
    (COUNTS, "crm,2,0.01\n", "", ", crm: needed: a row for each record_count from 0 to 2, and no other"),
    (
        COUNTS,
        "*,0,0.4\n*,1,0.5\n*,2,0.1\n",
        "",
        ", *: needed: a row for each record_count from 0 to 2, and no other",
    ),
    (COUNTS, "crm,0,0.3\n", "crm,0,0.5\n", ", crm: its shares sum to 1.2; allowed: 1, give or take 0.01"),
    (COUNTS, "crm,1,0.69\n", "crm,1,0\n", " line 6, share: found '0'; allowed: a number above 0, at most 1"),
    (TERMS, "city,*,900\n", "", ": no row for term * of city, the number of all records"),
    (
        PROFILE,
        "origin,shipped",
        "origin,shipped\norigin,trained",
        " line 3: the same property (origin) as line 2",
    ),
    (RATES, "match,1.0", "match,0", " line 2, pairs_per_record: found '0'; allowed: a number above 0"),
    (
        RATES,
        "household,",
        "unrelated,",
        " line 3, class: found 'unrelated'; no class of pairs that has a rate; allowed: colleague, household, match",
    ),
    (
        WEIGHTS,
        "same_phone,8",
        "same_phones,8",
        ": no row for rule_name same_phone, a rule of deterministic_rules; found: same_email_and_first_name, same_phones",
    ),
    (WEIGHTS, "same_phone,8", "same_phone,x", " line 3, match_weight: found 'x'; allowed: a number above 0"),
    (WEIGHTS, "weight,comment", "weight,match_weight", " line 1: the column match_weight stands twice"),
    (BLOCKED, "email,", "emails,", " line 3, identifier_type: no identifier; did you mean email?"),
    (
        BLOCKED,
        "phone,005551212",
        "email,noreply@example.com",
        " line 3: the same identifier_type and identifier_value as line 2",
    ),
    (
        BLOCKED,
        "identifier_value,",
        "value,",
        " line 1: a field is no column of this seed; allowed: comment, description, identifier_type, identifier_value",
    ),
    (
        SURVIVORSHIP,
        "phone,1",
        "phones,1",
        " line 4, attribute: found 'phones'; no attribute of the golden record; did you mean phone?",
    ),
    (
        SURVIVORSHIP,
        "phone,1",
        "email,3",
        " line 4: the same attribute and strategy (email, most_recent) as line 2",
    ),
    (SURVIVORSHIP, "email,2", "email,1", " line 3: the same attribute and position (email, 1) as line 2"),
    (
        SURVIVORSHIP,
        "email,2",
        "email,second",
        " line 3, position: found 'second'; allowed: a whole number, 0 or more",
    ),
    (
        SURVIVORSHIP,
        "longest",
        "longst",
        " line 3, strategy: found 'longst'; no survivorship strategy; did you mean longest?",
    ),
    (
        SURVIVORSHIP,
        "phone,1,most_recent,\n",
        "",
        ": no row for attribute phone, which the golden record has; found: email",
    ),
    (
        PRIORITIES,
        "email,shop",
        "e_mail,shop",
        " line 3, attribute: found 'e_mail'; no attribute of the golden record, nor *; did you mean email?",
    ),
    (PRIORITIES, "crm,1", "crm,-1", " line 2, priority: found '-1'; allowed: a whole number, 0 or more"),
    (PRIORITIES, "email,shop", "email,", " line 3, source_system: found nothing; allowed: text"),
    (
        STATUSES,
        "order,voided",
        "orders,voided",
        " line 2, activity_type: found 'orders'; no type of activity; did you mean order?",
    ),
    (
        STATUSES,
        "order,voided",
        "order,Voided",
        " line 2, status: found 'Voided'; allowed: text in lower case",
    ),
    (STATUSES, "true,false,", "yes,false,", " line 2, is_cancelled: found 'yes'; allowed: true or false"),
]


@pytest.mark.parametrize(("seed", "old", "new", "expected"), WRONG_SEEDS)
def test_wrong_seed(project, seed, old, new, expected):
    edit(project / seed, old, new, 1)
    assert lines(project)[0] == f"{seed}{expected}"


def test_line_numbers_count_the_lines_of_a_field(project):
    edit(project / LEVELS, "1,exact,0.79", '1,"exact,\nwhatever the day",7.9')
    assert lines(project)[0].startswith(f"{LEVELS} line 2, match")
    edit(project / LEVELS, "gender,2,", "gender,0,")
    assert lines(project)[1] == f"{LEVELS} line 8, level: found '0'; allowed: a whole number, 1 or more"


def test_missing_level_is_named(project):
    path = project / LEVELS
    path.write_text(
        "".join(line for line in path.open() if not line.startswith(("birth_date,2,", "birth_date,4,")))
    )
    assert lines(project) == [f"{LEVELS}, birth_date: no row for level 2, 4; needed: a row for each level"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (None, f"seeds/**/{Path(RATES).name}: no such file; it belongs to the project"),
        (b"", f"{RATES}: the file is empty; needed: a first line that names the columns"),
        (b"class,pairs_per_record\nmatch,1\n\xff,2\n", f"{RATES} line 3: not readable as UTF-8"),
    ],
)
def test_unreadable_seed(project, content, expected):
    (project / RATES).unlink()
    if content is not None:
        (project / RATES).write_bytes(content)
    assert lines(project) == [expected]


def test_all_faults_are_told_at_once(project):
    edit(project / RATES, "match,1.0", "match,-1")
    found = lines(
        project, merge_threshold=2, max_block_size="40", blocking_rules=[{**BLOCKING, "kyes": 1}, BLOCKING]
    )
    assert found == [
        "--vars merge_threshold: found 2; allowed: a number above 0 and below 1",
        "--vars max_block_size: found '40'; allowed: a whole number, 2 or more",
        "--vars blocking_rules[0].kyes: no key; did you mean keys?",
        "--vars blocking_rules[1]: the same name as [0], email; allowed: each once",
        f"{RATES} line 2, pairs_per_record: found '-1'; allowed: a number above 0",
    ]


def test_contact_data_in_a_seed_is_not_repeated(project):
    edit(project / BLOCKED, "email,noreply@example.com", "noreply@example.com,email")
    assert len(lines(project)) == 1
    edit(project / BLOCKED, "identifier_type,identifier_value,comment\n", "", 1)
    assert len(lines(project)) > 1
    assert not re.search("noreply|5551212", "".join(lines(project)))


def test_extra_vars_are_left_alone(project):
    edit(
        project / "dbt_project.yml",
        "extra_vars: []",
        "extra_vars: [my_var, dbt_date]\n  dbt_date: {time_zone: UTC}",
    )
    assert lines(project, my_var=1) == []


def test_extra_vars_cannot_hide_the_projects_own(project):
    found = lines(project, extra_vars=["max_block_size"], max_block_size=0)
    assert found == ["--vars max_block_size: found 0; allowed: a whole number, 2 or more"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3", "--vars: found 3; allowed: a mapping in YAML, such as '{merge_threshold: 0.95}'"),
        ("{a: 1, a: 2}", "--vars line 1: not readable as YAML: the key a stands twice"),
        ("{a: ", "--vars line 1: not readable as YAML: expected the node content, but found '<stream end>'"),
    ],
)
def test_wrong_text_of_vars(text, expected):
    with pytest.raises(ConfigurationError) as raised:
        parse_vars(text)
    assert str(raised.value) == expected


def test_check_confirms(project):
    result = CliRunner().invoke(
        app, ["check", "--project-dir", str(project), "--vars", "{merge_threshold: 0.95}"]
    )
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "The configuration is valid: 2 identity sources, 1 activity sources, 2 deterministic rules, "
        "2 blocking rules; merges from 0.95, review from 0.7.\n"
    )


def test_check_ends_with_2_and_one_line_per_fault(project):
    result = CliRunner().invoke(
        app, ["check", "--project-dir", str(project), "--vars", "{merge_threshold: 2, a: 1}"]
    )
    assert (result.exit_code, result.stdout) == (2, "")
    assert [line.split(": ")[:2] for line in result.stderr.splitlines()] == [
        ["idr", "--vars merge_threshold"],
        ["idr", "--vars a"],
    ]


def test_check_outside_a_project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DBT_PROJECT_DIR", raising=False)
    result = CliRunner().invoke(app, ["check"])
    assert (result.exit_code, result.stderr) == (2, f"idr: {tmp_path / 'dbt_project.yml'}: no such file\n")


def test_project_is_found_from_a_folder_in_it(project, monkeypatch):
    monkeypatch.chdir(project / "models/staging")
    monkeypatch.delenv("DBT_PROJECT_DIR", raising=False)
    assert CliRunner().invoke(app, ["check"]).exit_code == 0


def test_selected_columns():
    sql = """
    with other as (select a, b from x), final as (

        select
            -- a comment, with a comma
            one.id,
            coalesce(one.a, one.b) as c,  -- and another
            one.d is distinct from one.e as is_new,
            extract(year from one.f) as f_year,
            {{ log2("one.g, from") }} as g_bits,
            'x, y from z' as h,
            case when one.i > 1 then (select max(j) from k) end as i
        from other as one

    ) select * from final
    """
    assert selected_columns(sql) == ("id", "c", "is_new", "f_year", "g_bits", "h", "i")


def test_names_come_from_the_project():
    project = Project(ROOT)
    assert project.identifier_types == ("email", "phone", "national_id")
    assert {"email", "address"} <= set(project.golden_attributes)
    assert {"most_recent", "source_priority"} <= set(project.survivorship_strategies)
    assert {"DE", "NO", "US"} <= project.country_codes
    assert project.pair_classes == ("match", "household", "colleague", "unrelated")
    assert project.comparison_levels["gender"] == range(1, 3)
    assert {"record_id", "first_metaphone", "is_last_name_imputed", "postal_prefix"} <= set(
        project.feature_columns
    )


def test_settings_are_the_vars_that_the_project_reads():
    files = (path for folder in ("models", "macros") for path in (ROOT / folder).rglob("*.sql"))
    read = {name for path in files for name in re.findall(r"\bvar\(\s*['\"](\w+)", path.read_text())}
    assert read == Settings.model_fields.keys() - {"extra_vars"}
