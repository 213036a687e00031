"""What Todoku is compared with when it takes answers: four sites that do the same in other ways.

Each module has a WSGI `application`, and `prepare(n)`, which makes the tables and returns so many
paths of pages to answer on.
"""
