"""The database that dbt builds in, for the tools: queries, loading of files, scratch databases, runs of dbt."""
