"""Real parts for the tests: each a private server on loopback, started, killed and started again.

    with Postgres() as postgres:
        postgres.kill()          # kill -9, with all its children
        postgres.start()         # on the same data
        postgres.freeze()        # SIGSTOP: it answers nothing and refuses nothing
        postgres.thaw()

A part that is not installed raises `MissingPart` with the line that installs it. Nothing is left
behind, whatever happens to the tests: see guard.py.
"""
