"""Sheets and pictures: what is drawn of the town's figures."""
