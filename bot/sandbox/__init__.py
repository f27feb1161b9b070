"""A small Telegram of our own: a strict Bot API server over real HTTP, and people who can be played."""
