"""Doors for browsers and programs that watch over this one."""
