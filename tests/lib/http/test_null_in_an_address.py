"""No text holds a null character: an address with one is refused, in its path and in its query."""

import pytest


@pytest.mark.parametrize("address", ["/s/%00/", "/f/x/?a=%00", "/f/x/?%00=1", "/s/x/?lang=ja%00"])
def test_a_null_is_refused(client, address):
    assert client.get(address).status_code == 400


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/s/%2500/", "/s/x/?a=%2500"])
def test_what_only_looks_like_one_is_not(client, address):
    assert client.get(address).status_code == 404
