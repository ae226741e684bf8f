-- What one database of Homeground needs besides its tables. For psql, as a superuser, connected to it.

create extension if not exists btree_gist;
create extension if not exists pg_trgm;
grant usage on schema public to homeground_app;
alter default privileges for role homeground_owner
  grant select, insert, update, delete on tables to homeground_app;
alter default privileges for role homeground_owner grant usage, select on sequences to homeground_app;
alter default privileges for role homeground_owner grant execute on functions to homeground_app;
