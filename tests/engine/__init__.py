"""The engine over real HTTP and a real database: what arrives, what leaves, and what goes wrong in between."""
