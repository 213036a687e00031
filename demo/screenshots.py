"""python -m demo.screenshots -- takes the pictures of README.md and README.ja.md again.

Opens the demo in a folder of its own, walks through it in Chromium in each language, closes it.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from demo.workspace import ROOT, CannotStart

IMAGES = ROOT / "docs" / "images"
FOLDERS = {"ja": IMAGES, "en": IMAGES / "en"}
PORT = 8079
SITE = f"http://127.0.0.1:{PORT}"
PHONE, MAIL, DESK = (390, 844), (640, 510), (1280, 860)
SAY = {
    "ja": "豆はいつもおいしいです。定期便の届く曜日を選べると、もっと助かります。",
    "en": "The beans are always lovely. I would like to choose the day they arrive.",
}
SUBJECT = {"ja": "ひとつだけお聞かせください", "en": "One question"}
OPENED = {"ja": "アプリの注文が速くなって", "en": "The gift wrapping"}
URGENT = {"ja": "定期便を解約します", "en": "I love the taste, but I am"}
TASTE = {"ja": "味・香り", "en": "Taste"}
WHAT_WOULD_CHANGE = "a[href*='/phrases/']"
MOST_SECONDS = 120  # until a demo that does not open is given up
CALM = ["--no-sandbox", "--disable-gpu", "--hide-scrollbars"]


def main() -> None:
    with _demo() as password, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=CALM)
        for language, folder in FOLDERS.items():
            folder.mkdir(parents=True, exist_ok=True)
            _customers_way(browser, language, folder)
            _staffs_way(browser, language, folder, password)
        browser.close()


def _customers_way(browser: Browser, language: str, folder: Path) -> None:
    page = _page(browser, language, MAIL)
    page.goto(f"{SITE}/mailbox/")
    page.locator(".mails a", has_text=SUBJECT[language]).first.click()
    page.goto(page.url + "html/")
    _take(page, folder / "mail.png")
    link = page.get_by_role("link", name="8").get_attribute("href")

    page = _page(browser, language, PHONE)
    page.goto(str(link))
    page.get_by_role("textbox").fill(SAY[language])
    _take(page, folder / "answer-phone.png")
    page = _page(browser, language, (1000, 900))
    page.goto(f"{SITE}/you-said/")
    _take(page, folder / "you-said.png")


def _staffs_way(browser: Browser, language: str, folder: Path, password: str) -> None:
    page = _page(browser, language, DESK)
    page.goto(f"{SITE}/admin/voc/feedback/?pile=all&channel=survey")
    page.locator("[name=username]").fill("admin")
    page.locator("[name=password]").fill(password)
    page.keyboard.press("Enter")
    page.wait_for_selector("#changelist-form")
    _take(page, folder / "triage-list.png")
    _open_item(page, OPENED[language])
    _take(page, folder / "triage-item.png")
    page.goto(f"{SITE}/reports/")
    page.wait_for_selector("svg, canvas")
    _take(page, folder / "report.png")
    _how_it_is_read(page, language, folder)


def _how_it_is_read(page: Page, language: str, folder: Path) -> None:
    page.goto(f"{SITE}/admin/voc/feedback/")
    _take(page, folder / "reading-list.png")
    _open_item(page, URGENT[language])
    _take(page, folder / "reading-urgent.png")
    page.goto(f"{SITE}/admin/voc/topic/")
    page.get_by_role("link", name=TASTE[language]).first.click()
    _take(page, folder / "reading-topic.png", part="#suggestions")
    page.locator(WHAT_WOULD_CHANGE).first.click()
    _take(page, folder / "reading-phrases.png")
    page.goto(f"{SITE}/admin/voc/classifier/")
    _take(page, folder / "reading-learning.png")
    page.goto(f"{SITE}/admin/voc/theme/")
    _take(page, folder / "reading-themes.png")


def _open_item(page: Page, words: str) -> None:
    page.goto(f"{SITE}/admin/voc/feedback/?pile=all&q={words}")
    page.get_by_role("link", name=words).first.click()


def _page(browser: Browser, language: str, size: tuple[int, int]) -> Page:
    width, height = size
    return browser.new_page(
        locale={"ja": "ja-JP", "en": "en-GB"}[language],
        timezone_id="Asia/Tokyo",
        color_scheme="light",
        viewport={"width": width, "height": height},
        device_scale_factor=2 if size == PHONE else 1,
    )


def _take(page: Page, file: Path, *, part: str = "") -> None:
    """Take a picture of the window, or of a part of the page, whole."""
    page.wait_for_load_state("networkidle")
    (page.locator(part) if part else page).screenshot(path=file)
    print(f"{file.relative_to(ROOT)}  {file.stat().st_size // 1000} kB")


@contextmanager
def _demo() -> Iterator[str]:
    """Run the demo, open and with its first mails out; yields admin's password."""
    with tempfile.TemporaryDirectory(prefix="todoku-pictures-") as folder:
        log = Path(folder, "log")
        command = [sys.executable, "-m", "demo", f"--port={PORT}", f"--folder={folder}/demo"]
        with log.open("wb") as output:
            process = subprocess.Popen(
                command,
                cwd=ROOT,
                env={**os.environ, "PYTHONUNBUFFERED": "1"},
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        try:
            _wait_for_mails(process, log, Path(folder, "demo", "mail"))
            yield _password(log)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(30)


def _wait_for_mails(process: subprocess.Popen[bytes], log: Path, folder: Path) -> None:
    for _ in range(MOST_SECONDS * 2):
        if process.poll() is not None:
            break
        if _password(log) and len(list(folder.glob("*.log"))) >= 2:
            return time.sleep(3)  # the last of them is written to its end
        time.sleep(0.5)
    raise CannotStart(f"The demo did not open:\n{log.read_text()}")


def _password(log: Path) -> str:
    found = re.search(r"admin / (\S+)", log.read_text())
    return found[1] if found else ""


def _chromium() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        raise CannotStart("Chromium is not installed. To install it:  apt-get install chromium")
    return found


if __name__ == "__main__":
    try:
        main()
    except CannotStart as reason:
        sys.exit(f"\n{reason}\n")
