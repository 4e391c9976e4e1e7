"""Types of single settings. Each knows, in words, what it allows."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Annotated, Any, Literal, cast

from pydantic import (
    Field,
    GetCoreSchemaHandler,
    ValidationError,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from identity_resolution.config.faults import suggestion
from identity_resolution.config.project import Project


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


Share = Annotated[float, Field(gt=0, lt=1, allow_inf_nan=False), Allowed("a number above 0 and below 1")]
Probability = Annotated[float, Field(gt=0, le=1, allow_inf_nan=False), Allowed("a number above 0, at most 1")]
Number = Annotated[float, Field(allow_inf_nan=False), Allowed("a number")]
PositiveNumber = Annotated[float, Field(gt=0, allow_inf_nan=False), Allowed("a number above 0")]
NegativeNumber = Annotated[float, Field(lt=0, allow_inf_nan=False), Allowed("a number below 0")]
Natural = Annotated[int, Field(ge=0), Allowed("a whole number, 0 or more")]
AtLeastOne = Annotated[int, Field(ge=1), Allowed("a whole number, 1 or more")]
AtLeastTwo = Annotated[int, Field(ge=2), Allowed("a whole number, 2 or more")]
Text = Annotated[str, Field(min_length=1), Allowed("text")]
LowerCase = Annotated[str, Field(pattern=r"^[^A-Z]+$"), Allowed("text in lower case")]
TrueOrFalse = Annotated[Literal["true", "false"], Allowed("true or false")]
RuleName = Annotated[
    str,
    Field(pattern=r"^[a-z][a-z0-9_]{0,62}$"),
    Allowed("lower-case letters, digits and underscores, a letter first"),
]
CountryCode = Annotated[
    str,
    OneOf("ISO 3166 alpha-2 country code", lambda project: project.country_codes),
    Allowed("an ISO 3166 alpha-2 country code in quotes, such as 'US' or 'GB'"),
]
DateOrder = Annotated[str, OneOf("date order", lambda _: ("ymd", "dmy", "mdy"))]
StagingModel = Annotated[str, OneOf("model of the staging layer", lambda project: project.staging_models)]
FeatureColumn = Annotated[
    str, OneOf("column of int_record_features", lambda project: project.feature_columns)
]
IdentifierType = Annotated[str, OneOf("identifier", lambda project: project.identifier_types)]
