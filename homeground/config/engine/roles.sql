-- The two roles of Homeground. For psql, as a superuser, with the variables owner_password and
-- app_password set; running it again changes only the passwords.
--
-- The owner holds the tables, migrates and runs commands; it sees every organization's rows.
-- The app is the web and the worker; row-level security binds it. The owner is a member of the app
-- so that a test or a person at the console can look through its eyes: set role homeground_app.

select 'create role homeground_owner' where to_regrole('homeground_owner') is null \gexec
select 'create role homeground_app' where to_regrole('homeground_app') is null \gexec
alter role homeground_owner login createdb bypassrls nosuperuser password :'owner_password';
alter role homeground_app login nocreatedb nobypassrls nosuperuser password :'app_password';
grant homeground_app to homeground_owner;
