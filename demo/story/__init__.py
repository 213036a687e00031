"""The story of the made-up company, told day by day from the tables beside (see README)."""
