"""A migration that a house with rows in it could not survive whole: it refuses instead of losing them."""

from django.db import migrations


def refuse_if_written(*tables: str) -> migrations.RunSQL:
    """Refuse to go on when one of these tables was ever written: text that stands there would be lost.

    For changes made before the first release, when a house can still be begun anew.
    """
    names = ", ".join(f"'{table}'" for table in tables)
    return migrations.RunSQL(
        f"""
        do $$
        declare
          name text;
        begin
          foreach name in array array[{names}] loop
            if pg_relation_size(name::regclass) > 0 then
              raise exception 'this house was begun before texts were sealed: begin it anew (CHANGELOG.md)';
            end if;
          end loop;
        end
        $$;
        """,
        migrations.RunSQL.noop,
    )
