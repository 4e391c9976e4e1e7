"""Warehouse-native identity resolution: the Python side of the dbt project (UDFs, configuration checks, evaluation, tools)."""
