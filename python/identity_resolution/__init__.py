"""Warehouse-native identity resolution, the Python side of the dbt project: UDFs, checks, evaluation."""
