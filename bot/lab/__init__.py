"""Benches: a cheap Bot API with a crowd of people, the yardstick bot, and what measures both. Outside the product."""
