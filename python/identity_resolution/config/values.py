"""Types of single settings. Each knows, in words, what it allows."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Annotated, Any, cast

from pydantic import (
    AfterValidator,
    Field,
    GetCoreSchemaHandler,
    ValidationError,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from identity_resolution.config.faults import suggestion
from identity_resolution.config.project import Project

# ISO 3166-1 alpha-2, and XK, which post and telephone use for Kosovo
COUNTRY_CODES = frozenset(
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS "
    "BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE "
    "EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM "
    "HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC "
    "LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA "
    "NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW "
    "SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO "
    "TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW".split()
)


@dataclass(frozen=True)
class Allowed:
    """Says what a type allows where a value is not of it, in place of pydantic's own message."""

    words: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        def check(value: Any, validate: ValidatorFunctionWrapHandler) -> Any:
            try:
                return validate(value)
            except ValidationError:
                raise PydanticCustomError(
                    "allowed", "{allowed}", {"allowed": f"allowed: {self.words}"}
                ) from None

        return core_schema.no_info_wrap_validator_function(check, handler(source))


@dataclass(frozen=True)
class OneOf:
    """A name that must be one of those known to the project, which is the context of the validation."""

    kind: str
    known: Callable[[Project], Collection[str]]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        def check(value: Any, info: ValidationInfo) -> str:
            known = self.known(cast(Project, info.context))
            if isinstance(value, str) and value in known:
                return value
            words = f"no {self.kind}; {suggestion(value, known)}"
            raise PydanticCustomError("allowed", "{allowed}", {"allowed": words})

        return core_schema.with_info_plain_validator_function(check)


def _country(code: str) -> str:
    if code not in COUNTRY_CODES:
        raise ValueError
    return code


Share = Annotated[float, Field(gt=0, lt=1, allow_inf_nan=False), Allowed("a number above 0 and below 1")]
Probability = Annotated[float, Field(gt=0, le=1, allow_inf_nan=False), Allowed("a number above 0, at most 1")]
Number = Annotated[float, Field(allow_inf_nan=False), Allowed("a number")]
PositiveNumber = Annotated[float, Field(gt=0, allow_inf_nan=False), Allowed("a number above 0")]
NegativeNumber = Annotated[float, Field(lt=0, allow_inf_nan=False), Allowed("a number below 0")]
Natural = Annotated[int, Field(ge=0), Allowed("a whole number, 0 or more")]
AtLeastOne = Annotated[int, Field(ge=1), Allowed("a whole number, 1 or more")]
AtLeastTwo = Annotated[int, Field(ge=2), Allowed("a whole number, 2 or more")]
Text = Annotated[str, Field(min_length=1), Allowed("text")]
RuleName = Annotated[
    str,
    Field(pattern=r"^[a-z][a-z0-9_]{0,62}$"),
    Allowed("lower-case letters, digits and underscores, a letter first"),
]
CountryCode = Annotated[
    str, AfterValidator(_country), Allowed("an ISO 3166 alpha-2 country code in quotes, such as 'US' or 'GB'")
]
DateOrder = Annotated[str, OneOf("date order", lambda _: ("ymd", "dmy", "mdy"))]
StagingModel = Annotated[str, OneOf("model of the staging layer", lambda project: project.staging_models)]
FeatureColumn = Annotated[
    str, OneOf("column of int_record_features", lambda project: project.feature_columns)
]
IdentifierType = Annotated[str, OneOf("identifier", lambda project: project.identifier_types)]
