"""Starts the house and stays until it is told to stop: `./run`."""

import sys

from homeground.config.engine.supervisor import main

if __name__ == "__main__":
    sys.exit(main())
