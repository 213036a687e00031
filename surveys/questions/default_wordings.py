"""Default wordings: the standard words of a new survey, which staff change in the admin.

The question is Reichheld's (Harvard Business Review, 2003); changing it breaks comparability, which
is why wordings have versions. Follow-ups ask each band for its primary reason.
"""

from __future__ import annotations

from lib import company, languages
from surveys.questions import kinds

NPS_WORDS = {
    "ja": {
        "question": "{company}を友人や同僚に薦める可能性はどのくらいありますか?",
        "lowest_label": "まったく薦めたくない",
        "highest_label": "ぜひ薦めたい",
        "follow_up": "よろしければ、その理由をお聞かせください",
        "follow_up_promoters": "いちばん気に入っている点は何ですか?",
        "follow_up_passives": "あと何があれば10点になりますか?",
        "follow_up_detractors": "どのような点がご期待に沿えませんでしたか?",
        "thanks": "お答えは担当者が一つひとつ読み、改善に役立てます。",
        "thanks_promoters": "とてもうれしいです。お答えは担当者が必ず読みます。",
        "thanks_passives": "10点に近づけるよう、担当者がお答えを読んで改善に役立てます。",
        "thanks_detractors": "ご期待に沿えず申し訳ありません。"
        "お答えは担当者が必ず読み、改善に取り組みます。",
    },
    "en": {
        "question": "How likely is it that you would recommend {company} to a friend or colleague?",
        "lowest_label": "Not at all likely",
        "highest_label": "Extremely likely",
        "follow_up": "Would you tell us why?",
        "follow_up_promoters": "What do you like most?",
        "follow_up_passives": "What would make it a 10?",
        "follow_up_detractors": "What disappointed you?",
        "thanks": "Someone here reads every answer, and we use them to get better.",
        "thanks_promoters": "We are very glad. Someone here will read every word of it.",
        "thanks_passives": "Someone here will read it and see what is missing for a 10.",
        "thanks_detractors": "We are sorry to have let you down. Someone here will read this and "
        "work on it.",
    },
}

FEEDBACK_WORDS = {
    "ja": {
        "question": "{company}へのご意見をお聞かせください",
        "thanks": "お寄せいただいたお声は担当者が必ず読み、改善に役立てます。",
    },
    "en": {
        "question": "What would you like to tell {company}?",
        "thanks": "Someone here will read what you wrote, and we use it to get better.",
    },
}

STANDARD = {kinds.NPS.key: NPS_WORDS, kinds.FEEDBACK.key: FEEDBACK_WORDS}


def standard(kind: str, language: str) -> dict[str, str]:
    """The standard words, field by field of a Wording; none for a kind that we do not know."""
    if kind not in STANDARD:
        return {}
    texts = languages.in_language(STANDARD[kind], language)
    return {field: text.format(company=company.name(language)) for field, text in texts.items()}
