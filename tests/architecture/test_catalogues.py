"""What people read is French: every source string is in the catalogue, translated, compiled."""

import ast
import re
from pathlib import Path

import polib
import pytest
from django.apps import apps
from django.utils.translation.template import templatize

from config.env import ROOT
from tests.architecture.test_rooms import ROOMS, sources

pytestmark = pytest.mark.database_independent("reads the sources and the catalogues")

CATALOGUES = ROOT / "site" / "locale"
WORDING = ROOT / "site" / "wording"  # Wagtail's, in our words
# Name of the function → which of its arguments the string is
CALLS = {"_": 0, "gettext": 0, "gettext_lazy": 0, "ngettext": 0, "pgettext": 1, "pgettext_lazy": 1}
PLACEHOLDER = re.compile(r"%\(\w+\)s|{{ \w+ }}")


def catalogue(language, folder=CATALOGUES):
    return polib.pofile(str(folder / language / "LC_MESSAGES" / "django.po"))


def catalogues_of_packages(name=""):
    """The French of every installed application whose name begins with `name`."""
    for application in apps.get_app_configs():
        folder = Path(application.path) / "locale"
        if application.name.startswith(name) and (folder / "fr" / "LC_MESSAGES" / "django.po").exists():
            yield catalogue("fr", folder)


def strings_of_code(text: str) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(text)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS):
            continue
        argument = node.args[CALLS[node.func.id]] if node.args else None
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            found.add(argument.value)
    return found


def strings_of_template(text: str) -> set[str]:
    calls = re.findall(
        r"(?:\bn?gettext\(|pgettext\(u?'[^']*', )u?'((?:[^'\\]|\\.)*)'|(?<!\w)_\(\"([^\"]*)\"\)", templatize(text)
    )
    return {(one or other).replace("\\'", "'").replace("\\n", "\n") for one, other in calls}


def source_strings() -> set[str]:
    found = set()
    for room in ROOMS:
        for path in sources(room):
            found |= strings_of_code(path.read_text())
    for folder in [ROOT / "site" / "templates", *(ROOT / room / "templates" for room in ROOMS)]:
        for path in folder.rglob("*.*"):
            found |= strings_of_template(path.read_text())
    return found - {""}


def test_every_string_is_translated_into_french():
    known = {entry.msgid: entry for entry in catalogue("fr")}
    missing = sorted(source_strings() - set(known))
    untranslated = [entry.msgid for entry in known.values() if not entry.translated()]

    assert missing == [], "run `make messages`"
    assert untranslated == []


def test_the_catalogue_holds_no_string_that_nobody_uses():
    used = source_strings()

    assert [entry.msgid for entry in catalogue("fr") if entry.msgid not in used and "%" not in entry.msgid] == []


@pytest.mark.parametrize("language", ["fr", "br"])
def test_the_compiled_catalogue_is_that_of_the_source(language):
    compiled = polib.mofile(str(CATALOGUES / language / "LC_MESSAGES" / "django.mo"))
    expected = {
        (entry.msgid, entry.msgstr, str(entry.msgstr_plural)) for entry in catalogue(language).translated_entries()
    }

    assert {(entry.msgid, entry.msgstr, str(entry.msgstr_plural)) for entry in compiled} == expected, (
        "run `make messages`"
    )


@pytest.mark.parametrize("language", ["fr", "br"])
def test_translations_keep_their_placeholders(language):
    for entry in catalogue(language).translated_entries():
        for text in [entry.msgstr, *entry.msgstr_plural.values()]:
            if text:
                assert set(PLACEHOLDER.findall(text)) <= set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural)), (
                    text
                )


EDITOR_TEMPLATES = {"account", "allauth", "wagtailadmin"}


def test_what_visitors_read_has_breton():
    known = {entry.msgid for entry in catalogue("br").translated_entries()}
    public = set()
    templates = ROOT / "site" / "templates"
    for path in templates.rglob("*.html"):
        if path.relative_to(templates).parts[0] not in EDITOR_TEMPLATES:
            public |= strings_of_template(path.read_text())

    assert sorted(public - known - {""}) == []


# Said in another way than Wagtail or allauth say it, everywhere in the editor.
MEANT_FOR_ALL = {"Approve", "Sign in", "Sign in with a passkey", "Password required"}


def as_compared(text: str) -> str:
    return text.replace("’", "'").lower().removesuffix("(e)")


def test_no_words_of_ours_change_those_of_wagtail_or_allauth():
    """Our catalogue speaks for every application: a word of ours that means another thing has a context."""
    theirs: dict[str, set[str]] = {}
    for po in catalogues_of_packages():
        for entry in po.translated_entries():
            if not entry.msgctxt:
                theirs.setdefault(entry.msgid, set()).add(entry.msgstr or entry.msgstr_plural[0])
    clashes = {
        entry.msgid: theirs[entry.msgid]
        for entry in catalogue("fr").translated_entries()
        if not entry.msgctxt
        and entry.msgid in theirs
        and entry.msgid not in MEANT_FOR_ALL
        and as_compared(entry.msgstr or entry.msgstr_plural[0]) not in map(as_compared, theirs[entry.msgid])
    }

    assert len(theirs) > 1000 and clashes == {}


# What no French speaker should meet in the editor: a word of the trade, a wrong one, a familiar or a doubled ending.
NOT_OUR_WORDS = re.compile(r"(?i)\bslug|\bsalut\b|sûr\(e\)|\brégion")


def test_what_we_say_in_wagtails_place_is_said_by_this_version_of_it():
    """An upgrade that changes a string leaves ours without effect: it is to be written again, or to go."""
    theirs = {
        (entry.msgctxt, entry.msgid, entry.msgid_plural) for po in catalogues_of_packages("wagtail") for entry in po
    }
    ours = catalogue("fr", WORDING)

    assert {entry.msgid for entry in ours if (entry.msgctxt, entry.msgid, entry.msgid_plural) not in theirs} == set()
    for entry in ours:
        said = entry.msgstr or entry.msgstr_plural[2]
        assert set(re.findall(r"%\(\w+\)[sd]", said)) <= set(re.findall(r"%\(\w+\)[sd]", entry.msgid)), entry.msgid
        assert not NOT_OUR_WORDS.search(said), entry.msgid


def test_wagtails_french_is_in_our_words_wherever_it_is_not():
    ours = catalogue("fr", WORDING)
    own = {(entry.msgctxt, entry.msgid) for entry in ours} | {(None, entry.msgid) for entry in catalogue("fr")}
    left = {
        entry.msgid
        for po in catalogues_of_packages("wagtail")
        for entry in po.translated_entries()
        if NOT_OUR_WORDS.search(entry.msgstr or entry.msgstr_plural[0]) and (entry.msgctxt, entry.msgid) not in own
    }

    assert left == set(), "write these in site/wording/fr/LC_MESSAGES/django.po"
