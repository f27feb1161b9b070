"""The doors: each knows Telegram or HTTP, none knows the database. A handler returns what to say and sends nothing."""
