"""The smallest Django project the supervisor can serve: it tests the engine without the rooms."""
