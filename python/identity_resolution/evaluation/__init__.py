"""How good a build is against a known truth, and what it brought in and what came out."""
