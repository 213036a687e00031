"""Message-IDs are found in what anybody has written."""

from voc.replies.incoming.message_ids import message_ids_in


def test_a_message_id_has_an_at_in_it():
    found = message_ids_in(["<a.b+c=d?e@mail.shop.example> (comment) <two@x>", "<no id>"])

    assert found == ["<a.b+c=d?e@mail.shop.example>", "<two@x>"]
