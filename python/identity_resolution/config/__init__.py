"""The configuration of a project, checked before a build: `vars:` of dbt_project.yml, and rule seeds."""

from identity_resolution.config.check import check_project, parse_vars
from identity_resolution.config.faults import ConfigurationError, Fault
from identity_resolution.config.settings import Settings

__all__ = ["ConfigurationError", "Fault", "Settings", "check_project", "parse_vars"]
