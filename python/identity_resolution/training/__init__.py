"""Learns the matching model from the pairs of a warehouse, without labels."""
