"""The engine under the two commands: finds PostgreSQL, runs it, and keeps the tree of processes.

Nothing here imports Django: the parent process stays small, and the settings can ask for the
database without a cycle.
"""

from homeground.config.engine.connection import database_settings
from homeground.config.engine.trouble import EngineTrouble

__all__ = ["EngineTrouble", "database_settings"]
