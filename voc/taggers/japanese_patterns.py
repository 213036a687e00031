"""voc/taggers/japanese_patterns.py -- turns of phrase that say more than their words.

Each is a list of alternatives, so that one can be added by adding a line.
"""

from __future__ import annotations

import re


def _any(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives))


GOOD = (
    r"(?:最高|完璧|満点|完全|文句な|申し分な|嬉し|うれし|助か|便利|ありがた|有難|有り難|幸い"
    r"|良|いい|よ(?:い|か|り|く))"
)
MORE = r"、?(?:もっと|さらに|更に|なお|尚|より|一層)?"
IF = r"(?:[えけせてねめれげべ]ば|たら|だら|なら|[るいうくすつぬむぶぐ]と)"
# させていただきたい is the customer's own plan, not something asked of us.
FOR_ME = r"(?<!せ)[てで](?:いただき|頂き|もらい|貰い)"
RECEIVING = r"(?:いただけ|頂け|もらえ|貰え|くださ|下さ)"

# Something is asked for: so it is not there, however warmly it is described.
WISH = _any(
    r"[てで](?:ほし|欲し)",
    r"[がもをは](?:ほし|欲し)(?:い|か|く)",
    FOR_ME + r"た[いか]",
    RECEIVING + r"(?:ると|るなら|れば|たら)",
    IF + MORE + GOOD + r"(?!なりま|なった)",
    r"(?:ほう|方)が(?:良|よ|い)い",
    r"ても(?:良|い)い(?:ので|かと|か[。?])",
    r"のでは[。?]",
    r"べき(?:だ|で|と|か|。|$)",
    r"もう(?:少し|すこし)|もうちょっと|もー少し|もう一工夫",
    r"[をのにごも](?:希望|要望|期待し(?:ます|たい|てい)|検討(?:くださ|下さ|いただ|をお願))",
    r"(?:改善|対応|検討|追加|見直し)を?(?:お願い|希望|期待)",
    r"[てで](?:くださ|下さ)い",
)

# What would have been good if: it was not.
COUNTERFACTUAL = _any(
    r"(?:ば|たら|なら)[^。]{0,14}" + GOOD + r"[^。]{0,6}(?:のに|のだ|んだ|のです|んです|けど|が$)",
    r"(?:ば|たら)(?:良|よ)かった",
    r"前の?(?:ほう|方)が(?:良|よ|使い|見|分か|わか)",
    r"のに[。…!]*$",
)

# The customer means to come back, which is praise enough.
AGAIN = _any(
    r"(?:また|次回|次も|ぜひ|是非|今後も|これからも|引き続き|再び|再度|何度でも|ずっと)[^。、]{0,12}"
    r"(?:(?<!もらい)(?<!いただき)(?<!頂き)たい(?!とは)"
    r"|(?:行き|使い|利用し|利用いたし|購入し|買い|頼み|伺い|お願いし|お世話になり|続け)ます"
    r"|(?:行こう|来よう|使おう|しよう|買おう|頼もう|続けよう))",
)
