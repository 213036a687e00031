"""The two statements of the peers that write SQL by hand, and their tables."""

from __future__ import annotations

import secrets
from typing import Any

from benchmarks.speed.peers.pages import QUESTION

TABLES = """
    CREATE TABLE invitation (
        id bigserial PRIMARY KEY, token text UNIQUE NOT NULL, question text NOT NULL);
    CREATE TABLE answer (
        id bigserial PRIMARY KEY, invitation_id bigint UNIQUE NOT NULL REFERENCES invitation,
        score smallint NOT NULL CHECK (score BETWEEN 0 AND 10), comment text NOT NULL,
        at timestamptz NOT NULL DEFAULT now());
"""
LOOK = """
    SELECT question, coalesce(comment, '') FROM invitation
    LEFT JOIN answer ON answer.invitation_id = invitation.id WHERE token = %s
"""
KEEP = """
    INSERT INTO answer (invitation_id, score, comment)
    SELECT id, %s, %s FROM invitation WHERE token = %s
    ON CONFLICT (invitation_id) DO UPDATE SET score = excluded.score, comment = excluded.comment
"""


def prepare(cursor: Any, n: int) -> list[str]:
    """Make the tables and so many invitations; return the paths of their pages."""
    cursor.execute(TABLES)
    tokens = [secrets.token_urlsafe(24) for _ in range(n)]
    cursor.execute(
        "INSERT INTO invitation (token, question) SELECT unnest(%s), %s", [tokens, QUESTION]
    )
    return [f"/s/{token}/" for token in tokens]
