"""What the pages of the desk say: what happened, who it was, and what came as JSON."""
