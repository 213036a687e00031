"""The database: statements written by hand, where the ORM's own cost more than the work."""
