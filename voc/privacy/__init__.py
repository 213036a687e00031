"""Personal data: finds and masks numbers, addresses and names of people. No Django in here.

Each finder looks for one or two kinds in a folded text and gives half-open spans. `masking` asks
them all; only `labels`, the words for staff, knows Django.
"""
