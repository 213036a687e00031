"""What others keep: fetched by workers, from public addresses alone."""
