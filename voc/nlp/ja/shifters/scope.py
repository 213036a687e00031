"""Scope of shifters: words of feeling that what comes after them turns round.

What is bad may not be there (困ることは何もない), go away (疲れが取れる), be met with help
(壊れたときもすぐ直してくれた), or only say how good (怖いくらい当たる). What is good may not come
off (気持ちよく過ごせなかった).
"""

from __future__ import annotations

import re

from voc.nlp.ja.evidence import DENIED, FAILING, WORD, Evidence
from voc.nlp.ja.shifters.negation import NOT_GOOD

SPARED_WEIGHT = 0.7  # what is bad is not there
MILD_WEIGHT = -0.7  # a bad word above this may be what is good: 少なくて楽
IN_NEED_SHARE = 0.1  # of a bad word that only says when they were helped

NOT_THERE = re.compile(
    r"(?:(?<=[がはもつにく])な(?:い|く|かった|し(?!て))|ありま?せ|無(?:い|く|し|かった)|い(?:らな|りませ|らず)|要らな|不要|必要(?:が|も)?な"
    r"|見(?:つ|付)から(?:な|ず)|見つかりませ|見当たら(?:な|ず)|見当たりませ|(?:出|起き)(?:て(?:い)?)?(?:な|ま?せん)"
    r"|来なく|しなく|聞かな|言わな)"
)
GOOD_MISSING = re.compile(
    NOT_THERE.pattern + r"|(?:得られ|感じられ|考えて(?:い)?|分から|わから|見え|届か)(?:な|ま?せ)"
)
NOT_ABLE = re.compile(r"して[^、。てでが]{1,6}れ(?:な(?:い|か)|ませ)")  # 安心して預けられない
NEVER = ("二度と", "金輪際")  # their ない is their own
GOES_ON_ELSEWHERE = re.compile(
    r"[てで](?!(?:い|き|の))|すぎ|から|ので|のに|しか|ば|^た|だけ|って|かも|かしれ|され|でき"
    r"|説明|分か|わか"
)
GOES_AWAY = re.compile(
    r"(?:さ|感|み|事|こと)?[がはもをにと]?(?:[^、。てでがはをに]{0,5}?)(?:気にな(?:らな|りませ|らず)|目立た|感じさせ(?:な|ませ|ず)"
    r"|感じ(?:な|ませ|ず)|な[くっ]な[りっる]|無くな|減[りっる]|消え|吹き飛|解消|解決|治[りっる]|軽減|和ら|防[いげぐ]"
    r"|省[けいき]|ゼロ|取れ[るたてま]|とれ[るたてま]|忘れ[るさら]|[はが]?無用|克服)(?!し?(?:な[いかく]|ませ|て(?:い)?な|てい?ませ))"
)
WHEN = re.compile(r"[^、。]{0,6}?(?:とき|時|際|場合|ても|でも|たら|のに|を)")
HELPED = re.compile(
    r"[てで](?:くれ[たるまて]|くださ[っいり]|下さ[っいり]|もらえ[たてまる]|もらい|頂[いけき]|いただ[いけき])"
    r"|(?:すぐ|丁寧|親切|快く|迅速|早急|即|無料)[^。]{0,10}(?:対応|直|応じ|教え|交換|返金|助け)(?!な|し?ませ|してな)"
)
WAS = re.compile(r"(?:だった|かった|していた|てた|な)[^、。]{0,12}[がもはの]")
LITTLE = re.compile(r"て.$")  # 入力項目が少なくて楽
SO_MUCH = re.compile(r"[^、。]{0,3}?(?:くらい|ぐらい|ほど|程|みたいに|レベル)")
VERY = re.compile(
    r"めちゃ|目茶|恐ろしく|おそろしく|ひどく|すさまじく|異常に|無駄に|やたら|怖いほど"
)


def shifted(found: list[Evidence], text: str, end: int) -> list[Evidence]:
    """The evidence of a clause, each as what follows it leaves it."""
    if not found:
        return found
    ordered = sorted(found, key=_start)
    left: list[Evidence] = []
    for place, each in enumerate(ordered, 1):
        if left and each.start < left[-1].end:
            continue  # 出ていません of エラーは出ていません: said already
        if shown := _left(each, ordered[place:], text, end):
            left.append(shown)
    return left


def _start(each: Evidence) -> int:
    return each.start


def _left(each: Evidence, later: list[Evidence], text: str, end: int) -> Evidence | None:
    if each.kind != WORD:
        return each
    if each.weight > 0:
        return _not_come_off(each, later, text, end)
    if _only_says_how(each, later, text):
        return None
    return _spared(each, text, end) or _in_need(each, text, end)


def _not_come_off(each: Evidence, later: list[Evidence], text: str, end: int) -> Evidence:
    """快適に使えない, 良いところがひとつもない, 安心して預けられない."""
    missing = NOT_ABLE.match(text, each.end, end) or _not_there(each, text, end, GOOD_MISSING)
    if missing and not any(e.start < missing.start() for e in later):
        return each._replace(weight=each.weight * NOT_GOOD, end=missing.end(), kind=DENIED)
    for fails in later:
        if fails.kind == FAILING and len(text[each.end : fails.start]) <= 1:
            return each._replace(weight=each.weight * NOT_GOOD, end=fails.end, kind=DENIED)
    return each


def _only_says_how(each: Evidence, later: list[Evidence], text: str) -> bool:
    """怖いくらい当たる, めちゃくちゃ良い, 苦手だった数学が好きに: how much, or what was before."""
    if not later:
        return False
    if VERY.match(text, each.start):
        return True
    before_praise = text[each.end : later[0].start + 1] if later[0].weight > 0 else ""
    ways = (SO_MUCH, WAS, LITTLE) if each.weight > MILD_WEIGHT else (SO_MUCH, WAS)
    return any(way.match(before_praise) for way in ways)


def _spared(each: Evidence, text: str, end: int) -> Evidence | None:
    if text.startswith(NEVER, each.start):
        return None
    away = GOES_AWAY.match(text, each.end, end) or _not_there(each, text, end, NOT_THERE)
    if away is None:
        return None
    return Evidence(each.start, away.end(), SPARED_WEIGHT, DENIED)


def _not_there(
    each: Evidence, text: str, end: int, pattern: re.Pattern[str]
) -> re.Match[str] | None:
    match = pattern.search(text, each.end, min(end, each.end + 18))
    if match is None or GOES_ON_ELSEWHERE.search(text[each.end : match.start()]):
        return None
    return match


def _in_need(each: Evidence, text: str, end: int) -> Evidence:
    """困ったときにすぐ助けてくれる: the trouble is told for the help's sake."""
    when = WHEN.match(text, each.end, end)
    if when and HELPED.search(text, when.end(), end + 24):
        return each._replace(weight=each.weight * IN_NEED_SHARE)
    return each
