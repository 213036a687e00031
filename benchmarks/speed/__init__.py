"""How fast Todoku is, beside its peers, in one run.

A contender is a process of its own: a generator function in `workloads/`, which prepares its data
until its first `yield` and does a round of work for each further one. All contenders of a row are
prepared first; then they take turns, round by round, so that a machine that slows down slows down
all of them. The first round warms up and is not counted.

A contender can also be run in an earlier checkout (BEFORE=folder), with today's workload. So
workloads use only verbs and addresses that the earlier one has too.
"""
