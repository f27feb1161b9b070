"""The command centre's door: triage and dispatch."""

from handlers.command.triage import command_doors

__all__ = ["command_doors"]
