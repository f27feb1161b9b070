"""The admins' door: binding groups to units, and the bot's own comings and goings in groups."""

from handlers.admin.groups import admin_doors

__all__ = ["admin_doors"]
