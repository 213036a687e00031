"""What others keep: fetched by workers, from public addresses alone, by secrets that are sealed."""
