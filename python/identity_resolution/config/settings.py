"""The `vars:` of dbt_project.yml, and what is allowed in each."""

from typing import Annotated, Any, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from identity_resolution.config.values import (
    AtLeastOne,
    AtLeastTwo,
    CountryCode,
    DateOrder,
    FeatureColumn,
    IdentifierType,
    Natural,
    NegativeNumber,
    Number,
    PositiveNumber,
    Probability,
    RuleName,
    Share,
    StagingModel,
    Text,
)

# int_candidate_pairs keeps the rules that found a pair as the bits of one bigint
MOST_BLOCKING_RULES = 62


def _wrong(allowed: str) -> PydanticCustomError:
    return PydanticCustomError("allowed", "{allowed}", {"allowed": allowed})


def _wrong_as_a_whole(what: str) -> PydanticCustomError:
    return PydanticCustomError("whole", "{what}", {"what": what})


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class IdentitySource(_Section):
    """A staging model in the record contract, with what its records leave unsaid."""

    model: StagingModel
    default_country: CountryCode = "US"
    date_order: DateOrder = "mdy"


class DeterministicRule(_Section):
    """Records that share the identifier and agree on the columns are one person."""

    name: RuleName
    identifier: IdentifierType
    same_columns: list[FeatureColumn]


class BlockingRule(_Section):
    """Records that agree on all keys, or on all keys of one alternative, are compared."""

    name: RuleName
    keys: Annotated[list[FeatureColumn], Field(min_length=1)] | None = None
    alternatives: (
        Annotated[list[Annotated[list[FeatureColumn], Field(min_length=1)]], Field(min_length=1)] | None
    ) = None
    refine_by: list[FeatureColumn] = []
    is_loose: bool = False

    @model_validator(mode="after")
    def _has_one_list_of_keys(self) -> Self:
        if (self.keys is None) == (self.alternatives is None):
            found = "neither keys nor alternatives" if self.keys is None else "both keys and alternatives"
            raise _wrong_as_a_whole(f"found {found}; allowed: one of the two")
        return self

    @model_validator(mode="after")
    def _uses_a_column_once(self) -> Self:
        for keys in self.alternatives or [self.keys or []]:
            columns = [*keys, *self.refine_by]
            repeated = sorted({column for column in columns if columns.count(column) > 1})
            if repeated:
                allowed = "each column once in keys and refine_by together"
                raise _wrong_as_a_whole(f"found {', '.join(repeated)} twice; allowed: {allowed}")
        return self


def _with_model(value: Any) -> Any:
    """An entry of identity_sources that is only a model's name."""
    return {"model": value} if isinstance(value, str) else value


class Settings(_Section):
    """All vars of the project."""

    identity_sources: Annotated[
        list[Annotated[IdentitySource, BeforeValidator(_with_model)]], Field(min_length=1)
    ]
    activity_sources: list[StagingModel]

    review_threshold: Share
    merge_threshold: Share

    certain_match_weight: PositiveNumber
    duplicate_free_sources: list[Text]

    max_emails_per_customer: AtLeastOne
    max_records_per_customer: AtLeastOne
    max_id_churn: Probability
    id_churn_minimum: Natural

    max_household_size: AtLeastTwo
    max_names_per_identifier: AtLeastOne
    generation_years: AtLeastOne
    birth_date_confirmations: AtLeastOne

    lowest_pair_weight: NegativeNumber
    highest_pair_weight: PositiveNumber
    lowest_mean_weight: Number
    max_component_size: AtLeastTwo
    max_explained_records: AtLeastTwo

    use_trained_term_frequencies: bool

    deterministic_rules: Annotated[list[DeterministicRule], Field(min_length=1)]

    max_block_size: AtLeastTwo
    candidate_pairs_per_record: PositiveNumber
    candidate_pairs_minimum: Natural
    max_candidate_pairs: AtLeastOne
    blocking_rules: Annotated[list[BlockingRule], Field(min_length=1, max_length=MOST_BLOCKING_RULES)]

    extra_vars: list[Text] = []

    @field_validator("merge_threshold")
    @classmethod
    def _review_band_lies_below(cls, merge_threshold: float, info: ValidationInfo) -> float:
        review_threshold = info.data.get("review_threshold", 0)
        if merge_threshold < review_threshold:
            raise _wrong(f"allowed: review_threshold ({review_threshold}) or more")
        return merge_threshold

    @field_validator("lowest_mean_weight")
    @classmethod
    def _mean_lies_between(cls, lowest_mean_weight: float, info: ValidationInfo) -> float:
        lowest, highest = info.data.get("lowest_pair_weight"), info.data.get("highest_pair_weight")
        if lowest is not None and highest is not None and not lowest <= lowest_mean_weight <= highest:
            raise _wrong(
                f"allowed: from lowest_pair_weight ({lowest:g}) to highest_pair_weight ({highest:g})"
            )
        return lowest_mean_weight
