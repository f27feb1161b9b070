"""Proof by killing."""
