"""Tests that read the code."""
