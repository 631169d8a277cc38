"""French typography at rendering: what readers get from what editors type."""

from time import process_time

import pytest

from core.typography import typeset, typeset_html
from tests.factories import ArticlePageFactory
from tests.markup import compact

NARROW, NO_BREAK = "\u202f", "\u00a0"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Qui commande ?", f"Qui commande{NARROW}?"),
        ("Venez !", f"Venez{NARROW}!"),
        ("Venez!", f"Venez{NARROW}!"),
        ("Vraiment ?!", f"Vraiment{NARROW}?!"),
        ("un, deux ; trois", f"un, deux{NARROW}; trois"),
        ("Le pôle : un lieu", f"Le pôle{NO_BREAK}: un lieu"),
        ("Contact: Rennes", f"Contact{NO_BREAK}: Rennes"),
        ("à 10:30 ou 3:2", "à 10:30 ou 3:2"),
        ("mardi 1 décembre, du 21 mars au 1 avril", "mardi 1er décembre, du 21 mars au 1er avril"),
        ("« une voix »", f"«{NO_BREAK}une voix{NO_BREAK}»"),
        ("«une voix»", f"«{NO_BREAK}une voix{NO_BREAK}»"),
        ('dire "une voix" à tous', f"dire «{NO_BREAK}une voix{NO_BREAK}» à tous"),
        ("dire &quot;une voix&quot;.", f"dire «{NO_BREAK}une voix{NO_BREAK}»."),
        ('un écran de 15" et un de 17"', 'un écran de 15" et un de 17"'),
        ("l'ESS d&#x27;ici, c'hoant", "l’ESS d’ici, c’hoant"),
        ("15 827 emplois, 1 250 000 €", f"15{NARROW}827 emplois, 1{NARROW}250{NARROW}000{NO_BREAK}€"),
        ("en 2014 200 personnes", "en 2014 200 personnes"),
        ("02 99 12 34 56", "02 99 12 34 56"),
        ("12,5 % des 30 km", f"12,5{NO_BREAK}% des 30{NO_BREAK}km"),
        ("à suivre...", "à suivre…"),
        ("et puis …", "et puis…"),
        ("l'« Été » à 20 h 30, N° 5", f"l’«{NO_BREAK}Été{NO_BREAK}» à 20{NO_BREAK}h{NO_BREAK}30, N°{NO_BREAK}5"),
        ("SIRET 123 456 789 00012", "SIRET 123 456 789 00012"),
        ("R&amp;D ; &eacute;t&eacute;", f"R&amp;D{NARROW}; &eacute;t&eacute;"),
        ("Mme Le Goff, n° 5", f"Mme{NO_BREAK}Le Goff, n°{NO_BREAK}5"),
        ("https://example.org/?a=1;b=2!c : ici", f"https://example.org/?a=1;b=2!c{NO_BREAK}: ici"),
        ("écrire à l'adresse jean.d'arc@example.org ?", f"écrire à l’adresse jean.d'arc@example.org{NARROW}?"),
        ("Voir https://example.org/a'b ?", f"Voir https://example.org/a'b{NARROW}?"),
        ("", ""),
        ("   \n ", "   \n "),
    ],
)
def test_a_text_is_set_as_the_french_read_it(typed, read):
    assert typeset(typed) == read
    assert typeset(read) == read, "typesetting twice changes nothing"


@pytest.mark.parametrize(
    "html",
    [
        "<code>a ? b : c ; l'un</code>",
        "<pre>1 000 !</pre>",
        "<script>const a = b ? 'c' : d ;</script>",
        "<textarea>Qui ?</textarea>",
        '<a title="Qui ? l\'ESS : 1 000" href="/?q=a ; b">x</a>',
        '<p lang="en">Who\'s there: "me" - really?</p>',
        '<span lang="en">One <span>two</span> three?</span>',
        "<!-- l'ESS : 1 000 ! -->",
    ],
)
def test_code_attributes_and_other_languages_are_left_alone(html):
    assert typeset_html(html) == html


def test_after_a_foreign_passage_french_goes_on():
    html = typeset_html('<p>Qui ? <span lang="en">Who?</span> Nous !</p><p lang="br">Piv ?</p>')

    assert html == f'<p>Qui{NARROW}? <span lang="en">Who?</span> Nous{NARROW}!</p><p lang="br">Piv{NARROW}?</p>'


def test_an_apostrophe_before_a_link_is_curly_too():
    assert typeset_html("<p>l'<a href='/'>ESS</a></p>") == "<p>l’<a href='/'>ESS</a></p>"


@pytest.mark.parametrize(
    "piece", [" ", "\u00a0", "a", "@ a", "<!--", '<"', "«   ", "1 000 ", "000 ", "000 0", "a'", "&quot;", ";", "www."]
)
def test_no_text_takes_time_that_grows_faster_than_its_length(piece):
    def seconds(length):
        text = f"contact@x.fr {piece * (length // len(piece))}"
        start = process_time()
        typeset_html(text)
        return process_time() - start

    shorter, longer = min(seconds(20_000) for _ in range(3)), min(seconds(80_000) for _ in range(3))

    assert longer < 12 * max(shorter, 0.004), "four times the text: about four times the time, not sixteen"


@pytest.mark.django_db
def test_pages_are_typeset_and_what_was_typed_is_kept(north):
    article = ArticlePageFactory(parent=north.index, title="L'ESS : 1 000 projets ?")
    html = compact(north.visitor.get(article.url).content.decode())

    assert f"<h1>L’ESS{NO_BREAK}: 1{NARROW}000 projets{NARROW}?</h1>" in html
    article.refresh_from_db()
    assert article.title == "L'ESS : 1 000 projets ?"


@pytest.mark.django_db
def test_what_a_visitor_typed_in_the_search_field_comes_back_as_typed(north):
    html = north.visitor.get("/recherche/", {"q": "l'ESS 1 000"}).content.decode()

    assert 'value="l&#x27;ESS 1 000"' in html
