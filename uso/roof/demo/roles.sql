-- The three roles and the database, made once by a superuser; running it again changes nothing.
-- uso_owner  owns the database and runs migrations
-- uso_app    web, worker and beat connect as this: owns nothing, bypasses nothing
-- uso_network is taken by uso_app for the length of one transaction, to see every municipality
SELECT 'CREATE ROLE uso_owner LOGIN CREATEDB NOSUPERUSER NOBYPASSRLS'
  WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'uso_owner') \gexec
SELECT 'CREATE ROLE uso_app LOGIN NOSUPERUSER NOCREATEDB NOBYPASSRLS'
  WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'uso_app') \gexec
SELECT 'CREATE ROLE uso_network NOLOGIN NOSUPERUSER NOBYPASSRLS'
  WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'uso_network') \gexec
GRANT uso_network TO uso_app WITH INHERIT FALSE, SET TRUE;
SELECT 'CREATE DATABASE uso OWNER uso_owner'
  WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'uso') \gexec
