#!/usr/bin/env python
"""Django's commands. `./run manage ARGS` also sees to the database."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "homeground.config.settings")
    execute_from_command_line(sys.argv)
