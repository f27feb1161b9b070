"""Use cases: one function per thing somebody does, each in the one transaction of its desk."""
