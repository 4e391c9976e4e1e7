"""Why two records are one customer, or two: the command `idr explain`."""
