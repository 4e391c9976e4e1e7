"""Which of two records comes first means nothing: the pattern of a pair is that of the pair turned round."""

import random

from rules.test_comparisons import comparisons, level_of

PAIRS = 3_000
NAMES = ("jo", "joan", "joanna", "joannazz", "bob", "robert", "smith", "smyth", "ngxu", "j", "li")
VALUES = {
    "first_name": NAMES,
    "last_name": NAMES,
    "middle_name": ("a", "ann", "anne", "b"),
    "name_suffix": ("jr", "sr", "iii"),
    "birth_date": ("1950-01-01", "1950-03-05", "1950-05-03", "1980-03-05", "1950-03-06", "1951-04-07"),
    "email_local_key": ("joanna85z", "joanna", "joan.smith", "robert1", "info", "smith77"),
    "email_domain": ("p.example", "q.example", "acme.example", "acne.example"),
    "phone_key": ("4155552671", "4155552672", "079460958", "2125550100"),
    "street_key": ("1 elm st", "1 elm str", "2 oak ave", "1 elms st"),
    "house_number": ("1", "2"),
    "unit_key": ("4", "5"),
    "postal_code_key": ("62701", "62702", "62799"),
    "city_key": ("springfield", "springfeld", "columbus", "columbia"),
    "state_key": ("il", "oh"),
    "company_key": ("acme", "acme co", "globex"),
    "national_id_key": ("123456789", "123456780", "999"),
    "gender": ("f", "m"),
    "job_title_key": ("engineer", "teacher"),
    "source_system": ("crm", "shop"),
    "last_name_head": ("smith", "ngxu"),
    "last_name_tail": ("jones", "smith"),
    "first_metaphone": ("jn", "bb"),
    "last_metaphone": ("sm0", "nk"),
    "first_formal": ("joan", "robert"),
}
NUMBERS = (
    *("first_name_bin", "last_name_bin", "city_bin"),
    *("email_record_count", "email_local_count", "phone_record_count", "phone_last_name_count"),
)
FLAGS = ("is_role_mailbox", "is_email_made_of_name", "is_first_name_imputed", "is_last_name_imputed")
# what belongs to a value, not to a record: the same on all records that have it
OF_VALUES = {
    "first_name": ("first_name_bin", "first_metaphone", "first_formal"),
    "last_name": ("last_name_bin", "last_metaphone", "last_name_head", "last_name_tail"),
    "city_key": ("city_bin",),
    "email_local_key": ("email_record_count", "email_local_count", "is_role_mailbox"),
    "phone_key": ("phone_record_count", "phone_last_name_count"),
}


def drawn(generator):
    row = {name: generator.choice((None, *values)) for name, values in VALUES.items()}
    row |= {name: generator.choice((1, 2, 3, 9)) for name in NUMBERS}
    row |= {name: generator.random() < 0.3 for name in FLAGS}
    for value, columns in OF_VALUES.items():
        own = random.Random(str(row[value]))
        for column in columns:
            if column in NUMBERS:
                row[column] = own.choice((1, 2, 3, 4, 9)) if row[value] else None
            elif column in FLAGS:
                row[column] = row[value] == "info"
            else:
                row[column] = own.choice((None, *VALUES[column])) if row[value] else None
    return row


def completed(row):
    """With what follows from other columns."""
    birth = row["birth_date"]
    row["birth_text"] = birth.replace("-", "") if birth else None
    row["birth_month_day"] = row["birth_text"][4:] if birth and not birth.endswith("01-01") else None
    if row["email_local_key"] and row["email_domain"]:
        row["email_key"] = f"{row['email_local_key']}@{row['email_domain']}"
        row["email_letters"] = "".join(filter(str.isalpha, row["email_local_key"]))
        row["corporate_domain"] = row["email_domain"] if row["email_domain"].startswith("ac") else None
    else:
        row["email_local_key"] = row["email_domain"] = None
    return row


def test_a_pair_turned_round_has_the_same_pattern(project):
    generator = random.Random(1)
    project.records([])
    project.run("--select", "+int_record_features", "int_nickname_pairs")
    schema = f"{project.schema}_intermediate"
    types = project.column_types(schema, "int_record_features")
    rows = []
    for number in range(PAIRS):
        one, other = drawn(generator), drawn(generator)
        # most of the other is the one, or nothing would ever agree
        other |= {name: one[name] for name in VALUES if generator.random() < 0.4}
        for column, columns in OF_VALUES.items():
            if other[column] == one[column]:
                other |= {name: one[name] for name in columns}
        one, other = completed(one), completed(other)
        for turn, (a, b) in enumerate(((one, other), (other, one))):
            first = 10 * number + 4 * turn + 1
            rows += [a | {"record_id": first}, b | {"record_id": first + 1}]
    columns = sorted({name for row in rows for name in row})
    project.load(
        "drawn.features",
        [{name: None if row.get(name) is None else str(row[name]) for name in columns} for row in rows],
        tuple(columns),
    )
    casts = ", ".join(f"cast({name} as {types[name]})" for name in columns)
    project.execute(
        f"insert into {schema}.int_record_features ({', '.join(columns)}) select {casts} from drawn.features"
    )
    project.execute(
        f"""
        create table {schema}.int_candidate_pairs as
        select record_id as record_id_a, record_id + 1 as record_id_b
        from {schema}.int_record_features
        where record_id % 10 in (1, 5)
        """
    )
    project.execute(f"create table {schema}.int_block_versions (record_id bigint, row_version bigint)")
    project.run("--select", "int_compared_pairs")
    patterns = {
        row["record_id_a"]: row["pattern"]
        for row in project.query(f"select record_id_a, pattern from {schema}.int_compared_pairs")
    }
    assert len(patterns) == 2 * PAIRS
    turned = [n for n in range(PAIRS) if patterns[10 * n + 1] != patterns[10 * n + 5]]
    assert turned == [], [
        (name, *levels, rows[4 * n : 4 * n + 2])
        for n in turned[:1]
        for name, _ in comparisons()
        if len(set(levels := [level_of(patterns[10 * n + turn], name) for turn in (1, 5)])) > 1
    ]
