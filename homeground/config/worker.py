"""The worker: runs the jobs that the web has put into the database.

`python -m homeground.config.worker`, started by the supervisor. Smaller than the management command
of the same purpose, which keeps four connections open and imports every other command's parser.
"""

import os

import django
from procrastinate import PsycopgConnector

POLL_SECONDS = 2.0


def main() -> None:
    """Run jobs one at a time until SIGTERM; the job in hand is finished first."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "homeground.config.settings")
    django.setup()
    # Both need the settings.
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.utils import connector_params

    # Asking every two seconds needs one connection instead of two (11 MB), and works through a
    # pooler in transaction mode, which being notified does not.
    connector = PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=1, num_workers=1)
    with app.replace_connector(connector) as worker:
        worker.run_worker(
            concurrency=1,
            listen_notify=False,
            fetch_job_polling_interval=POLL_SECONDS,
            shutdown_graceful_timeout=8.0,
        )


if __name__ == "__main__":
    main()
