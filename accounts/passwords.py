"""What a password must be, after the CNIL: deliberation 2022-100 of 21 July 2022, on passwords."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LONG = 12  # characters, of three kinds: more than the 50 bits asked where attempts are limited
SENTENCE = 24  # characters of any kind, in several words
MANY = 6  # characters that are left once what anybody tries first counts for one
ROWS = ("azertyuiop", "qsdfghjklm", "wxcvbn", "qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz",
        "01234567890")  # fmt: skip
RUNS = (*ROWS, *(row[::-1] for row in ROWS))
# Beside the 20,000 of Django's own list, which are English ones: these, and the years, are tried first in France.
WORDS = re.compile(
    r"motdepasse|password|bonjour|soleil|doudou|chocolat|marseille|bretagne|breizh|france|juillet|janvier|admin|pole|ess"
    r"|loulou|camille|nicolas|julien|thomas|(?:19|20)\d\d|(.)\1{2,}",
    re.IGNORECASE,
)


class StrengthValidator:
    """Twelve characters of three kinds, or a sentence of five words."""

    def validate(self, password, user=None):
        kinds = [
            any(character.islower() for character in password),
            any(character.isupper() for character in password),
            any(character.isdigit() for character in password),
            re.search(r"[\W_]", password),
        ]
        is_mixed = len(password) >= LONG and sum(map(bool, kinds)) >= 3 and left_over(password) >= MANY
        is_sentence = len(password) >= SENTENCE and len(set(password.lower().split())) >= 5
        if not (is_mixed or is_sentence):
            raise ValidationError(self.get_help_text(), code="password_too_weak")

    def get_help_text(self):
        return _(
            "At least 12 characters with lower case, upper case and digits or signs; or a sentence of at least five "
            "words that you will remember."
        )


def left_over(password: str) -> int:
    """The number of characters, where keys that follow one another, and words that anybody tries, count for one."""
    text = WORDS.sub("*", password.lower())
    count = at = 0
    while at < len(text):
        length = 1
        while at + length < len(text) and any(text[at : at + length + 1] in run for run in RUNS):
            length += 1
        at += length if length >= 3 else 1
        count += 1
    return count
