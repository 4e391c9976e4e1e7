"""Phones against the phonenumbers library, which the reference seeds are derived from."""

import random
import subprocess
import sys

import phonenumbers
import pytest
from phonenumbers import PhoneNumberFormat as Format
from phonenumbers import PhoneNumberType as Kind

from support.project import ROOT

COUNTRIES = (
    *(
        "US",
        "GB",
        "DE",
        "FR",
        "IT",
        "ES",
        "NL",
        "BE",
        "AT",
        "CH",
        "AU",
        "CA",
        "NZ",
        "IE",
        "SE",
        "NO",
        "DK",
        "FI",
        "PL",
    ),
    *("PT", "BR", "MX", "IN", "JP", "ZA"),
)
FORMATS = (Format.E164, Format.INTERNATIONAL, Format.NATIONAL, Format.NATIONAL, Format.RFC3966)
NUMBERS_A_COUNTRY = 100
LEAST_AGREEMENT = 0.995


def written_numbers():
    """(number as a person or system writes it, country): example numbers, most with some digits changed."""
    generator = random.Random(7)
    numbers = []
    for country in COUNTRIES:
        kinds = (Kind.FIXED_LINE, Kind.MOBILE, Kind.TOLL_FREE)
        examples = [e for e in (phonenumbers.example_number_for_type(country, kind) for kind in kinds) if e]
        for _ in range(NUMBERS_A_COUNTRY):
            example = generator.choice(examples)
            digits = list(phonenumbers.national_significant_number(example))
            for _ in range(generator.choice((0, 0, 1, 1, 2, 4))):
                digits[generator.randrange(len(digits))] = generator.choice("0123456789")
            length = generator.random()
            digits = digits[:-1] if length < 0.05 else [*digits, "7"] if length < 0.1 else digits
            national = "".join(digits)
            number = phonenumbers.PhoneNumber(
                country_code=example.country_code,
                national_number=int(national),
                italian_leading_zero=national.startswith("0"),
            )
            text = phonenumbers.format_number(number, generator.choice(FORMATS))
            if generator.random() < 0.1:
                text += " ext. 12"
            if generator.random() < 0.1:
                text = text.replace("+", "00")
            numbers.append((text, country))
    return numbers


def expected(text, country):
    """E.164, or None where the library finds the number not valid."""
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return None
    return phonenumbers.format_number(number, Format.E164) if phonenumbers.is_valid_number(number) else None


def test_phones_agree_with_phonenumbers(project):
    numbers = written_numbers()
    project.records(
        [
            {"source_system": "crm", "source_record_id": str(n), "phone": text, "country": country}
            for n, (text, country) in enumerate(numbers)
        ]
    )
    project.run("--select", "+int_parsed_phones")
    rows = project.query(
        f"""
        select delivered.source_record_id as n, parsed.phone, parsed.phone_problem
        from {project.schema}_intermediate.int_delivered_records as delivered
        inner join {project.schema}_intermediate.int_parsed_phones as parsed on delivered.phone_id = parsed.phone_id
        """
    )
    assert len(rows) == len(numbers)
    # 0000000000 and the like are refused here, whatever a country's plan says
    judged = [row for row in rows if row["phone_problem"] != "placeholder_phone"]
    wrong = [
        (*numbers[int(row["n"])], expected(*numbers[int(row["n"])]), row["phone"])
        for row in judged
        if row["phone"] != expected(*numbers[int(row["n"])])
    ]
    assert len(judged) >= 1_000
    assert sum(expected(*numbers[int(row["n"])]) is None for row in judged) >= 100, (
        "too few invalid numbers to tell"
    )
    assert 1 - len(wrong) / len(judged) >= LEAST_AGREEMENT, wrong


@pytest.mark.parametrize("seed", ["phone_countries.csv", "phone_number_ranges.csv"])
def test_seeds_are_those_of_the_library(tmp_path, seed):
    # a newer library may know newer numbers: then run the script and commit what it writes
    subprocess.run([sys.executable, str(ROOT / "scripts/make_phone_seeds.py"), str(tmp_path)], check=True)
    assert (tmp_path / seed).read_bytes() == (ROOT / "seeds/reference" / seed).read_bytes()
