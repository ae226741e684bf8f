"""Who may open the pages of this room."""

from homeground.ground.access import Table

PAGES: Table = {}
