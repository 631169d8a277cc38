"""What a password must be, after the CNIL: deliberation 2022-100 of 21 July 2022, on passwords."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LONG = 12  # characters, of three kinds: more than the 50 bits asked where attempts are limited
SENTENCE = 24  # characters of any kind, in several words


class StrengthValidator:
    """Twelve characters of three kinds, or a sentence of five words."""

    def validate(self, password, user=None):
        kinds = [
            any(character.islower() for character in password),
            any(character.isupper() for character in password),
            any(character.isdigit() for character in password),
            re.search(r"[\W_]", password),
        ]
        is_mixed = len(password) >= LONG and sum(map(bool, kinds)) >= 3
        is_sentence = len(password) >= SENTENCE and len(set(password.lower().split())) >= 5
        if not (is_mixed or is_sentence):
            raise ValidationError(self.get_help_text(), code="password_too_weak")

    def get_help_text(self):
        return _(
            "At least 12 characters with lower case, upper case and digits or signs; or a sentence of at least five "
            "words that you will remember."
        )
