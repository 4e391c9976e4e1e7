"""Errors that a user is meant to see: the command line prints their message, without a stack trace."""


class UserError(Exception):
    """What was asked for cannot be done as asked: a wrong option, a missing file, a wrong setting.

    The message is one line (one line per fault, if there are several) that says what was found, what is
    allowed and, where there is one, the way out. It never holds contact data. The command ends with
    `exit_code`.
    """

    exit_code = 2


class FailedWorkError(UserError):
    """The request was right, but its work failed: a dbt build with errors, a database that refused."""

    exit_code = 1
