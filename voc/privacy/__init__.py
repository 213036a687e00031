"""What tells a person: numbers, addresses and names in a tidy text. No Django in here.

Each module looks for one or two kinds and gives half-open places. `masking` asks them all.
"""
