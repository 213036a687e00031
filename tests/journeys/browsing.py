"""A browser without scripts: the pages, forms and buttons that everyone has, over HTTP."""

from __future__ import annotations

from typing import Any, Self

from mechanicalsoup import StatefulBrowser
from requests import Response


class Visitor:
    def __init__(self, site: str, *, language: str = "ja") -> None:
        self.site = site
        self.browser = StatefulBrowser(raise_on_404=True, soup_config={"features": "html.parser"})
        self.browser.session.headers["Accept-Language"] = language

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_how: object) -> None:
        """Lines that stay open keep a test's database in use."""
        self.browser.close()

    def go(self, link: str) -> None:
        self._came(self.browser.open(link if link.startswith("http") else self.site + link))

    def press(self, form: str = "form[method=post]", *, button: str = "", **fields: object) -> None:
        """Fill in this form of the page and press its button."""
        self.browser.select_form(form)
        for name, value in fields.items():
            self.browser.form.set(name, value)
        if button:
            self.browser.form.choose_submit(button)
        self._came(self.browser.submit_selected())

    def choose(self, listed: str, words: str, *, action: str) -> None:
        """In this list of the admin, mark the line with these words and choose an action for it."""
        self.go(listed)
        form = self.browser.select_form("#changelist-form")
        form.set_checkbox({"_selected_action": [self._row(words).select_one("input")["value"]]})
        form.set("action", action)
        self._came(self.browser.submit_selected())

    def follow(self, words: str) -> None:
        """Go where the link with these words goes."""
        link = next(a for a in self.browser.page.select("a[href]") if words in a.get_text())
        self._came(self.browser.follow_link(link))

    def says(self, words: str) -> bool:
        """Whether this can be read on the page, wherever its lines break."""
        return _unbroken(words) in _unbroken(self.text)

    def line(self, words: str) -> str:
        """What the list says about this; empty when it is not there."""
        row = self._row(words)
        return " ".join(row.get_text(" ").split()) if row else ""

    def _row(self, words: str) -> Any:
        """A list shows the beginning of long words only."""
        rows = self.browser.page.select("#changelist-form tr:has([name=_selected_action])")
        return next((row for row in rows if words[:20] in row.get_text()), None)

    @property
    def text(self) -> str:
        """What can be read on the page, as one line."""
        return " ".join(self.browser.page.get_text(" ").split())

    def _came(self, response: Response) -> None:
        assert response.status_code < 400, (
            f"{response.status_code} {response.url}\n{self.text[:500]}"
        )

    def sign_in(self, name: str, password: str) -> None:
        self.go("/admin/login/")
        self.press("#login-form", username=name, password=password)


def _unbroken(words: str) -> str:
    return "".join(words.split())
