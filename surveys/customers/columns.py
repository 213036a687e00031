"""The columns of a table of customers, and what people and their tools call them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

# The most telling name first. Whole names stand last: “お名前（姓）” is no whole name.
COLUMN_NAMES: dict[str, tuple[str, ...]] = {
    "email": ("email", "メールアドレス", "email address", "e-mail address", "e-mail", "mail",
              "メール", "eメール", "eメールアドレス", "e-mailアドレス", "emailアドレス",
              "電子メール", "電子メールアドレス", "mail address", "mailaddress", "emailaddress",
              "e-mail 1 - value", "email 1", "email 1 value", "e-mail 1", "e-mail 1 address",
              "メールアドレス1", "メール1", "primary email", "primary email address",
              "main email", "work email", "personal email", "home email", "contact email",
              "customer email", "user email", "person email", "recipient email", "recipientemail",
              "subscriber email", "respondent email", "requester email", "member email",
              "連絡先メールアドレス", "ご連絡先メールアドレス", "お客様メールアドレス",
              "会員メールアドレス", "pcメールアドレス", "pcメール", "携帯メールアドレス",
              "携帯メール", "ご登録メールアドレス", "登録メールアドレス"),
    "family_name": ("姓", "氏", "苗字", "名字", "氏名(姓)", "お名前(姓)", "名前(姓)",
                    "お客様名(姓)", "購入者氏名(姓)", "注文者氏名(姓)", "会員氏名(姓)",
                    "注文者姓", "注文者名字", "購入者姓", "family name", "last name", "lastname",
                    "surname", "lname",
                    "familyname", "contact last name", "billing last name", "last"),
    "given_name": ("名", "氏名(名)", "お名前(名)", "名前(名)", "お客様名(名)", "購入者氏名(名)",
                   "注文者氏名(名)", "会員氏名(名)", "注文者名前", "given name",
                   "first name", "firstname", "fname", "givenname", "forename",
                   "contact first name", "billing first name", "first"),
    "name": ("name", "氏名", "お名前", "名前", "full name", "fullname", "customer name", "顧客名",
             "お客様名", "お客様氏名", "会員名", "会員氏名", "担当者名", "ご担当者名", "ご氏名",
             "display name", "person name", "contact name", "recipient name", "requester name",
             "user name", "subscriber name", "姓名", "漢字氏名", "氏名漢字"),
    "language": ("language", "言語", "使用言語", "ご利用言語", "lang", "locale",
                 "preferred language", "user language", "userlanguage", "language code",
                 "言語コード", "ロケール", "recipient language", "browser language",
                 "contact language"),
}  # fmt: skip
LABELS = {
    "email": _("email address"),
    "name": _("name"),
    "family_name": _("family name"),
    "given_name": _("given name"),
    "language": _("language"),
    "opted_out": _("who wants no mail"),
}
