"""Data sets: a folder with records (record contract) and truth (source_system, source_record_id, entity_id)."""

from pathlib import Path

from identity_resolution.errors import UserError
from identity_resolution.warehouse.database import FORMATS, Database, columns_of

RECORD_CONTRACT = (
    *("source_system", "source_record_id", "full_name", "first_name", "middle_name", "last_name", "email"),
    *("phone", "date_of_birth", "gender", "street", "city", "state", "postal_code", "country", "company"),
    *("job_title", "national_id", "updated_at"),
)
TRUTH = ("source_system", "source_record_id", "entity_id")


def find_file(folder: Path, name: str) -> Path | None:
    """The CSV or Parquet file of a table, if the folder has one."""
    return next((path for form in FORMATS if (path := folder / f"{name}.{form}").is_file()), None)


def load_dataset(database: Database, folder: Path) -> tuple[int, list[str]]:
    """Load a data set as raw_generic.records and raw_truth.entities.

    Returns the number of records, and the columns of the file that are not in the record contract and were left out.
    Raises UserError, with one line, for a folder that is no data set.
    """
    if not folder.is_dir():
        raise UserError(f"{folder}: no such folder")
    paths = {}
    for name, needed in (("records", RECORD_CONTRACT[:2]), ("truth", TRUTH)):
        path = find_file(folder, name)
        if path is None:
            raise UserError(f"{folder} is no data set: it has no {name}.csv or {name}.parquet")
        missing = [column for column in needed if column not in columns_of(path)]
        if missing:
            raise UserError(f"{path} lacks {', '.join(missing)}")
        paths[name] = path
    count = database.load_text("raw_generic", "records", paths["records"], RECORD_CONTRACT)
    if not count:
        raise UserError(f"{paths['records']} has no rows")
    load_truth(database, paths["truth"], "raw_truth")
    return count, [column for column in columns_of(paths["records"]) if column not in RECORD_CONTRACT]


def load_truth(database: Database, path: Path, schema: str) -> int:
    """Load a file of known people as the table `entities` of a schema; returns the number of its records.

    Raises UserError, with one line, if it lacks a column, names a record twice or leaves a field empty.
    """
    missing = [column for column in TRUTH if column not in columns_of(path)]
    if missing:
        raise UserError(f"{path} lacks {', '.join(missing)}")
    count = database.load_text(schema, "entities", path, TRUTH)
    repeated, incomplete = database.execute(
        f"""
        select
            count(*) filter (where copies > 1),
            coalesce(sum(copies) filter (where incomplete_rows > 0), 0)
        from (
            select
                count(*) as copies,
                count(*) filter (
                    where source_system is null or source_record_id is null or entity_id is null
                ) as incomplete_rows
            from {schema}.entities
            group by source_system, source_record_id
        ) as named
        """
    )[0]
    if repeated:
        raise UserError(f"{path} names {repeated} records more than once")
    if incomplete:
        raise UserError(f"{path} has {incomplete} rows with an empty field")
    return count
