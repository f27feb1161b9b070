"""The rules: what a case is, how it may move, which clocks run. Standard library only."""
