"""Django's PostgreSQL, with a pool that outlives connections the server has cut (an ENGINE)."""
