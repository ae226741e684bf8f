"""One job, so that the worker has something to do."""

from procrastinate.contrib.django import app


@app.task
def nothing() -> None:
    """Done as soon as it is begun."""
