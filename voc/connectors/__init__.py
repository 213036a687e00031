"""Fetches what customers said from where others keep it; for workers, as it asks the network."""
