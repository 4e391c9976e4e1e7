"""Publishing: the marts of a finished build, for readers that a DuckDB file would keep out while the next one runs."""
