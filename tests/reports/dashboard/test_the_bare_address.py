"""Whoever types the address of the site alone."""


def test_it_leads_to_what_was_done_because_customers_spoke(client):
    assert client.get("/")["Location"] == "/you-said/"
