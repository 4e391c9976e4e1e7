"""Invented customers of three source systems, with the truth about who is who."""
