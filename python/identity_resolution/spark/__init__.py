"""Spark: the session, the functions that it is given, and the command that runs dbt in it."""
