"""What is said to a mail server, and how far a mail certainly came when the line breaks."""

import socket
import threading
from contextlib import contextmanager
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused, SMTPServerDisconnected

import pytest
from django.core.mail import EmailMessage

from lib.mail.message import Mail
from lib.mail.smtp import EmailBackend, NotSent

HANGS_UP = b""
READY, HELLO, YES, GO_ON, BYE = (
    b"220 ready", b"250-me\r\n250-SIZE\r\n250 8BITMIME", b"250 OK", b"354 go on", b"221 bye",
)  # fmt: skip
PIPELINING = b"250-me\r\n250 PIPELINING"
TAKEN = [YES, YES, GO_ON, YES]


class Server(threading.Thread):
    """Answers each line, and each mail, with the next of its replies; a list a connection."""

    def __init__(self, *connections):
        super().__init__(daemon=True)
        self.connections, self.heard, self.reads = connections, [], []
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        self.start()

    def run(self):
        for replies in self.connections:
            line, _address = self.listening.accept()
            self.heard.append([])
            with line:
                self.answer(line, [READY, *replies])
        self.listening.close()

    def answer(self, line, replies):
        lines = line.makefile("rb")
        for reply in replies:
            if reply == HANGS_UP:
                return
            line.sendall(reply + b"\r\n")
            ends = b".\r\n" if reply == GO_ON else b"\r\n"
            self.heard[-1].append(self.read(lines, ends))

    def read(self, lines, ends):
        read = b""
        while not (read.endswith(ends) if ends == b"\r\n" else read.endswith(b"\r\n.\r\n")):
            line = lines.readline()
            if not line or (read, line) == (b"", ends):
                return line
            read += line
        return read


@contextmanager
def line_to(server):
    backend = EmailBackend(host="127.0.0.1", port=server.port, timeout=5)
    backend.open()
    yield backend
    backend.close()
    server.join(5)


def a_mail(to="hanako@example.jp", body="Hello"):
    made = Mail("Hello", body, '"Todoku" <voice@example.com>', [to])
    made.attach_alternative(f"<p>{body}</p>", "text/html")
    return made


def post(server, *mails):
    with line_to(server) as backend:
        backend.send_messages(mails)


def test_a_mail_is_announced_in_one_go_where_the_server_allows():
    server = Server([PIPELINING, *TAKEN, BYE])

    post(server, a_mail())

    _hello, sender, to, data, mail, end, _gone = server.heard[0]
    assert [sender, to, data, end] == [
        b"MAIL FROM:<voice@example.com>\r\n",
        b"RCPT TO:<hanako@example.jp>\r\n",
        b"DATA\r\n",
        b"quit\r\n",
    ]
    assert mail.endswith(b"--\r\n.\r\n")


def test_a_server_is_told_how_big_it_is_and_of_which_letters_where_it_asks():
    server = Server([HELLO, *TAKEN, BYE])

    post(server, a_mail(body="山"))

    size = len(server.heard[0][4].removesuffix(b".\r\n"))
    assert server.heard[0][1] == (
        f"MAIL FROM:<voice@example.com> SIZE={size} BODY=8BITMIME\r\n".encode()
    )


def test_a_line_that_begins_with_a_full_stop_ends_no_mail():
    server = Server([PIPELINING, *TAKEN, BYE])

    post(server, a_mail(body="One\n.\n.two"))

    assert b"One\r\n..\r\n..two\r\n" in server.heard[0][4]


@pytest.mark.parametrize(
    ("to", "named"),
    [("a..b@docomo.ne.jp", '"a..b"@docomo.ne.jp'), ('"a.."@docomo.ne.jp', '"a.."@docomo.ne.jp')],
)
def test_a_carriers_address_is_named_in_quotation_marks(to, named):
    server = Server([PIPELINING, *TAKEN, BYE])
    mail = a_mail(to=named if to.startswith('"') else f'"{to.split("@")[0]}"@docomo.ne.jp')

    post(server, mail)

    assert server.heard[0][2] == f"RCPT TO:<{named}>\r\n".encode()


@pytest.mark.parametrize(
    ("hello", "replies", "error"),
    [
        (HELLO, [b"553 who?", YES], SMTPSenderRefused),
        (HELLO, [YES, b"550 no", YES], SMTPRecipientsRefused),
        (HELLO, [YES, b"451 later", YES], SMTPRecipientsRefused),
        (HELLO, [YES, YES, b"554 no", YES], SMTPDataError),
        (HELLO, [YES, YES, GO_ON, b"554 no", YES], SMTPDataError),
        (PIPELINING, [b"553 who?", b"503 who?", b"503 who?", YES], SMTPSenderRefused),
        (PIPELINING, [YES, b"550 no", b"554 to whom?", YES], SMTPRecipientsRefused),
        # It said no to the reader, and would take the mail all the same: it gets an empty one.
        (PIPELINING, [YES, b"550 no", GO_ON, b"554 to whom?", YES], SMTPRecipientsRefused),
    ],
)
def test_a_no_is_told_and_the_next_mail_goes_over_the_same_line(hello, replies, error):
    server = Server([hello, *replies, *TAKEN, BYE])

    with line_to(server) as backend:
        with pytest.raises(error):
            backend.send_messages([a_mail("first@example.jp")])
        assert backend.send_messages([a_mail("second@example.jp")]) == 1

    (heard,) = server.heard
    assert b"rset\r\n" in heard
    assert b"RCPT TO:<second@example.jp>\r\n" in heard


@pytest.mark.parametrize(
    "broken",
    [
        [HANGS_UP],
        [YES, HANGS_UP],
        [YES, YES, HANGS_UP],
        [b"421 too many mails", HANGS_UP],
        [YES, b"421 too many mails", HANGS_UP],
    ],
)
@pytest.mark.parametrize("hello", [HELLO, PIPELINING])
def test_a_line_that_broke_before_the_mail_was_on_it_is_opened_again_at_once(hello, broken):
    server = Server([hello, *TAKEN, *broken], [hello, *TAKEN, BYE])

    with line_to(server) as backend:
        assert backend.send_messages([a_mail("first@example.jp")]) == 1
        assert backend.send_messages([a_mail("second@example.jp")]) == 1

    assert b"RCPT TO:<second@example.jp>\r\n" in server.heard[1]


def test_a_line_that_breaks_so_twice_has_certainly_not_sent_it():
    server = Server([HELLO, HANGS_UP], [HELLO, YES, b"421 not now", HANGS_UP])

    with line_to(server) as backend, pytest.raises(NotSent, match="421 not now"):
        backend.send_messages([a_mail()])


def test_a_server_that_is_gone_has_certainly_not_sent_it():
    server = Server([HELLO, HANGS_UP])

    with line_to(server) as backend:
        server.join(5)
        with pytest.raises(NotSent, match="refused"):
            backend.send_messages([a_mail()])


def test_a_line_that_breaks_under_the_mail_is_not_tried_again():
    server = Server([HELLO, YES, YES, GO_ON, HANGS_UP])

    with line_to(server) as backend, pytest.raises(SMTPServerDisconnected) as raised:
        backend.send_messages([a_mail()])

    assert not isinstance(raised.value, NotSent)


def test_other_mails_go_as_django_sends_them():
    server = Server([HELLO, *TAKEN, BYE])

    post(server, EmailMessage("Hello", "Hello", "a@example.com", ["b@example.com"]))

    assert server.heard[0][1].startswith(b"mail FROM:<a@example.com>")
