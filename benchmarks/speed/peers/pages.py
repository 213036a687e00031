"""The pages of the peers: a question, eleven buttons, a box, a button. Smaller than Todoku's."""

QUESTION = "How likely are you to recommend us to a friend or colleague?"

_TOP = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Answer</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/static/s.css">
</head><body><main>"""
_END = "</main></body></html>"

ANSWER = (
    _TOP
    + """<form method="post">{% csrf_token %}<h1>{{ invitation.question }}</h1>
{{ form.score.errors }}{% for score in scores %}<label><input type="radio" name="score"
 value="{{ score }}"{% if score == form.score.value %} checked{% endif %}> {{ score }}</label>
{% endfor %}<label>Why? <textarea name="comment">{{ form.comment.value|default_if_none:"" }}
</textarea></label>{{ form.comment.errors }}<button>Send</button></form>"""
    + _END
)
THANKS = _TOP + "<h1>Thank you</h1>" + _END

_CHOICES = "".join(
    f'<label><input type="radio" name="score" value="{n}"> {n}</label>\n' for n in range(11)
)


def plain(question: str, comment: str) -> str:
    """The page without a template; what is put in is escaped already."""
    return (
        f'{_TOP}<form method="post"><h1>{question}</h1>{_CHOICES}<label>Why?'
        f'<textarea name="comment">{comment}</textarea></label><button>Send</button></form>{_END}'
    )
