"""What release 0.1 left in its database after the demo had run, and what it read there.

demo-0.1.json.gz holds every row, table by table, as that release wrote it; expected.json what its
own code said of them. The rows were made by the demo, and a few of a kind that the demo has not
(a preview that is going on, what was set aside, an uncertain mail, a colleague with few rights).
"""
