"""Who wants no mail, as the tools say that people used before.

The name of a column says that mail is not wanted (`Unsubscribed`, `UNSUB_TIME`, 配信停止), that it
is (`Subscribed`, 配信可否), or only that it holds a state, and then the values tell. Whoever wants
no mail in an old tool gets none from us: what says neither yes nor no is refused, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from django.utils.translation import gettext as _

from lib.tables.columns import all_words_of, words_of
from lib.tables.dates.column import DateColumn
from lib.tables.dates.sheet import SheetDates
from lib.tables.dates.written import read_written
from lib.tables.import_rows import InvalidRow
from lib.tables.read import Row, plain
from lib.tables.sheet import excerpt

NOT_SO = re.compile(
    r"\b(url|link|ip|source|campaign|title|id|timestamp|rate|count)$|リンク|プラン"
    r"|\b(sms|phone|call|line|push|fax)\b|電話"
)
WHY = re.compile(r"\breason|理由")  # a column of reasons: where there is one, somebody left
SAYS_OUT = re.compile(
    r"unsub|opt(ed)? ?out|do ?not ?(e ?)?(mail|contact|send)|no (e ?)?mail\b|donotemail"
    r"|suppress|bounced|bounce( reason| date| time)?$|complain|marked (e ?mail )?(as )?spam"
    r"|blocked|blocklist|blacklist"
    r"|\bclean(ed)?( (time|date|at))?$"
    r"|(配信|送信|送付|メール|メルマガ|ニュースレター|連絡|案内|dm|受信|お知らせ)の?[(\[]?"
    r"(停止|拒否|不要|禁止|解除|不可|希望しない|ng)"
    r"|購読(解除|停止)|解約日|退会|オプトアウト|配信エラー|ブラックリスト"
)
SAYS_IN = re.compile(
    r"((is|email|e mail|newsletter|marketing|currently) )*subscribed?( to .*)?|issubscribed"
    r"|gdpr .*mail|.*\bopt(ed)? ?in|accepts? .*marketing|.*(mail|marketing) consent"
    r"|consent( to .*)?|.*\bmay (we )?(e ?)?mail|(email|e mail|marketing) (permission|ok|allowed)"
    r"|newsletters?"
    r"|.*(配信|送信|送付|受信|メール|メルマガ|ニュースレター|連絡|案内|dm|購読|お知らせ)の?"
    r"(可否|許可|許諾|希望|ご希望|同意|承諾|可|ok|購読|フラグ|配信|受信|送信|送付|通知|登録){1,3}"
    r"(の?有無)?"
    r"|オプトイン|メルマガ|購読|配信|メールマガジン"
)
# What is only about mail asks whether it is wanted, where all cells below it say yes or no.
ABOUT_MAIL = re.compile(
    r"mail|newsletter|marketing|consent|contact(able)?$|メール|メルマガ|マガジン|ニュースレター"
    r"|配信|購読|案内|お知らせ|\bdm\b|dm$"
)
ABOUT_ANOTHER = re.compile(
    r"verif|valid|confirm|open|click|\bsent\b|deliver|\b(has|number|type|domain|provider|client)\b"
    r"|確認|認証|開封|クリック|有効|済|履歴|回数|件数|エラー|種別|形式"
)
SAYS_STATE = re.compile(r".*\b(status|state)|.*(状態|状況|ステータス|区分|設定|フラグ)")

YES = {"yes", "y", "true", "t", "1", "on", "✓", "✔", "☑", "○", "◯", "〇", "●", "有", "あり",
       "はい", "する", "済", "済み", "可", "可能", "ok", "希望", "希望する", "希望します", "同意",
       "同意する", "許可", "許可する", "承諾", "granted", "given", "allowed", "accepted",
       "obtained", "真", "レ", "要", "必要", "対象", "会員", "チェック"}  # fmt: skip
NO = {"no", "n", "false", "f", "0", "off", "無", "なし", "いいえ", "しない", "未", "偽"}
# Who says so about mail wants none; about no mail nobody can tell.
UNWILLING = re.compile(
    r".*(しない|しません|なし|不要|対象外)|非会員|ng|never|not granted|no permissions? set"
)
CROSS = {"×", "✕", "✗", "✖"}  # a mark, or a no
NOTHING = {"", "-", "–", "—", "ー", "none", "null", "n/a", "0000-00-00", "0000-00-00 00:00:00"}
OUT = re.compile(
    r"un-?subscri\w*.*|opt(ed)?[ -]?out.*|(non|not|never)[ -]?subscribed|cleaned|non-marketing .*"
    r"|((hard|soft|perm\w*)[ -]?)?bounced?|(spam )?complain\w*|spam|suppress\w*|do not .*"
    r"|withdrawn|revoked|refused|declined|denied"
    r"|(メール|メルマガ|配信)の?(を?希望しない|不要|停止中?|停止済み?|拒否|不可|解除)"
    r"|(配信|購読)(停止|拒否|不可|解除|しない|なし|ng)\w*|[非未]購読|オプトアウト\w*|受信(拒否|しない)"
    r"|.*受け?取らない|退会済?み?|解除(済み?)?|拒否(する)?|不可|(配信)?エラー(停止)?|不達|停止(中|済み?)"
)
IN = re.compile(
    r"(re-?)?subscribed|(single |double )?opt(ed)?[ -]?in.*|(im|ex)plicit.*|marketing contact"
    r"|配信(中|可|許可|希望|ok|する)|購読(中|する)?|オプトイン|受信(希望|する|許可)|.*受け?取る"
)
# What a list says of people of whom nothing is wrong; by itself it says nothing about mail.
NEUTRAL = {"active", "ok", "valid", "enabled", "confirmed", "member", "vip", "有効", "正常", "会員"}


class Says(Enum):
    """What the name of a column says when a cell below it says yes."""

    OUT = auto()
    IN = auto()
    STATE = auto()


@dataclass(frozen=True)
class OptOutColumn:
    """A column that tells who wants no mail. `dates` reads those of its cells that are dates.

    It is `sure` when the first rows show that it is about mail. A state that is not sure may still
    say further down that somebody unsubscribed.
    """

    header: str
    says: Says
    dates: DateColumn
    sure: bool = True

    def opted_out_at(self, cell: str, now: datetime) -> datetime | None:
        """When this customer opted out; None for one who did not. Raises InvalidRow."""
        said = _said(cell)
        if said in NOTHING:
            return now if self.says is Says.IN else None
        if not self.sure or WHY.search(words_of(self.header)):
            return now if OUT.fullmatch(said) or (self.sure and said not in NO) else None
        if self.says is Says.OUT and read_written(cell).is_date and said not in YES | NO:
            return self.dates.read(cell)
        if self.says is Says.OUT and _is_named(said, self.header):
            return now
        wanted = _wanted(said, self.says)
        if wanted is None:
            raise InvalidRow(
                _("“%(said)s” in column “%(column)s” does not tell whether mail is wanted")
                % {"said": excerpt(cell), "column": self.header}
            )
        return None if wanted else now


def _is_named(said: str, header: str) -> bool:
    """Whether the cell says what the header says: “NG” below 送信NG."""
    return len(said) > 1 and said not in NO and all_words_of(header).endswith(said)


def says_by_name(header: str) -> Says | None:
    """What a column of this name says; None where it is not about mail."""
    words = words_of(header)
    if NOT_SO.search(words):
        return None
    # All words: a box to tick is a column “Mail [unsubscribed]”.
    is_state = SAYS_STATE.fullmatch(words.replace("フラグ", ""))
    if SAYS_OUT.search(all_words_of(header)) and not is_state:
        return Says.OUT
    if SAYS_IN.fullmatch(words):
        return Says.IN
    return Says.STATE if SAYS_STATE.fullmatch(words) else None


def asks_about_mail(header: str, cells: Iterable[str]) -> bool:
    """Whether a column of no telling name is about mail, and all its cells say yes or no."""
    words = words_of(header)
    if not ABOUT_MAIL.search(words) or NOT_SO.search(words) or ABOUT_ANOTHER.search(words):
        return False
    said = set(map(_said, cells)) - NOTHING
    return bool(said) and all(_wanted(value, Says.IN) is not None for value in said)


def is_about_mail(says: Says, cells: Iterable[str]) -> bool:
    """Whether a column that may be about mail is, by the values of the first rows."""
    said = set(map(_said, cells)) - NOTHING
    if says is Says.OUT:
        return True
    if says is Says.IN:
        return any(_wanted(value, says) is not None for value in said)
    return any(OUT.fullmatch(value) or IN.fullmatch(value) for value in said)


def _said(cell: str) -> str:
    return plain(cell).replace("_", " ")


def _wanted(said: str, says: Says) -> bool | None:
    """Whether mail is wanted; None where nobody can tell."""
    if OUT.fullmatch(said):
        return False
    if IN.fullmatch(said):
        return True
    match says:
        case Says.STATE:
            return True if said in NEUTRAL else None
        case Says.IN:
            return _wanted_of(said)
        case Says.OUT:
            return False if said in YES or said == "x" else said in NO or None


def _wanted_of(said: str) -> bool | None:
    """Whether mail is wanted, as a column says that asks just that."""
    if said in NO or said in CROSS or UNWILLING.fullmatch(said):
        return False
    return True if said in YES or said.endswith("する") else None


def find_opt_outs(headers: Iterable[str], rows: list[Row], dates: SheetDates) -> list[OptOutColumn]:
    """Those of these columns that tell who wants no mail, or may do so further down."""
    columns = []
    for header in headers:
        cells = [row.cell(header) for row in rows]
        says = says_by_name(header)
        if says is None and asks_about_mail(header, cells):
            says = Says.IN
        if says:
            sure = is_about_mail(says, cells)
            if sure or says is Says.STATE:
                columns.append(OptOutColumn(header, says, dates.column(header), sure))
    return columns


def chosen_opt_out(header: str, dates: SheetDates) -> OptOutColumn:
    """The column that a person says tells it; where its name does not, yes means no mail."""
    return OptOutColumn(header, says_by_name(header) or Says.OUT, dates.column(header))
