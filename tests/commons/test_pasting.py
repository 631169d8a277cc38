"""A text written in Word, LibreOffice, Google Docs or on a web page, pasted into a story: it keeps its structure."""

import json

import pytest
from django.urls import reverse

from commons.body import StoryBlock
from commons.pasting import read_html

WORD = """<html xmlns:o="urn:x"><head><style>p {color: red}</style></head><body><!--StartFragment-->
<p class=MsoTitle>Compte rendu<o:p></o:p></p>
<p class=MsoNormal>Le <b>12</b> mars, au 1<span style='vertical-align: super'>er</span> étage.</p>
<h1>Ordre du jour</h1>
<p class=MsoListParagraphCxSpFirst><span style='mso-list:Ignore'>1.<span>   </span></span>Le bilan</p>
<p class=MsoListParagraphCxSpLast><span style='mso-list:Ignore'>2.<span>   </span></span>Le budget</p>
<h2>Le budget</h2>
<table><tr><td><p>Poste</p></td><td><p>Montant</p></td></tr><tr><td>Salaires</td><td>12&nbsp;000 €</td></tr></table>
<img src="file:///C:/image001.png" alt="La salle pleine"></body></html>"""
LIBREOFFICE = """<h2 class="western">Nos actions</h2><p><font face="Liberation Serif"><i>Une</i> action</font></p>
<ul><li><p>Un</p></li><li><p>Deux</p></li></ul>"""
GOOGLE = """<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1">
<h1 dir="ltr"><span>Titre</span></h1>
<p dir="ltr"><span style="font-weight:700">Gras</span><span> et </span><span style="font-style:italic">penché</span></p
></b>"""
WEB = """<main><nav><a href="/">Accueil</a></nav><article><h3>Une voix</h3><div>Avant
<a href="https://a.example/x">le lien</a> <a href="javascript:alert(1)">piège</a>
<blockquote>Une personne, une voix</blockquote>après</div>
<iframe src="https://tracker.example/"></iframe><script>alert(1)</script></article></main>"""


def blocks(html: str) -> list[tuple]:
    return read_html(html).blocks


@pytest.mark.database_independent("reads a text")
def test_a_text_of_word_keeps_its_headings_lists_tables_superscripts_and_the_places_of_its_pictures():
    assert blocks(WORD) == [
        ("heading", {"text": "Compte rendu", "level": "2"}),
        ("paragraph", "<p>Le <b>12</b> mars, au 1<sup>er</sup> étage.</p>"),
        ("heading", {"text": "Ordre du jour", "level": "2"}),
        ("paragraph", "<ol><li>Le bilan</li><li>Le budget</li></ol>"),
        ("heading", {"text": "Le budget", "level": "3"}),
        (
            "table",
            {
                "caption": "",
                "columns": [{"type": "text", "heading": "Poste"}, {"type": "text", "heading": "Montant"}],
                "rows": [{"values": ["Salaires", "12 000 €"]}],
            },
        ),
        ("image", {"image": None, "alt_text": "La salle pleine"}),
    ]


@pytest.mark.database_independent("reads a text")
def test_libreoffice_and_google_docs_write_otherwise_and_are_read_alike():
    assert blocks(LIBREOFFICE) == [
        ("heading", {"text": "Nos actions", "level": "2"}),
        ("paragraph", "<p><i>Une</i> action</p><ul><li>Un</li><li>Deux</li></ul>"),
    ]
    assert blocks(GOOGLE) == [
        ("heading", {"text": "Titre", "level": "2"}),
        ("paragraph", "<p><strong>Gras</strong> et <em>penché</em></p>"),
    ]


@pytest.mark.database_independent("reads a text")
def test_nothing_of_a_web_page_runs_or_is_called_and_what_is_left_out_is_counted():
    text = read_html(WEB)

    assert ("quote", {"text": "Une personne, une voix"}) in text.blocks
    assert not any(word in str(text.blocks) for word in ("javascript", "tracker", "alert"))
    assert 'href="https://a.example/x"' in str(text.blocks)
    assert text.left_out == {"iframe": 1}


@pytest.mark.database_independent("reads a text")
@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("", []),
        ("<p> </p><h2></h2><table></table>", []),
        ("<table><tr><td>Une case</td></tr></table>", [("paragraph", "<p>Une case</p>")]),
        ("<h2>" + "x" * 200 + "</h2>", [("paragraph", f"<p><strong>{'x' * 200}</strong></p>")]),
        ("<p>a &lt;b&gt; &amp; c</p>", [("paragraph", "<p>a &lt;b&gt; &amp; c</p>")]),
        ("un <b>mot", [("paragraph", "<p>un <b>mot</b></p>")]),
        ("<svg><p>x</p></svg><p>y</p>", [("paragraph", "<p>y</p>")]),
    ],
)
def test_what_is_empty_too_long_or_broken_becomes_what_it_can(html, expected):
    assert blocks(html) == expected


@pytest.mark.database_independent("reads a text")
def test_rows_of_unequal_length_and_wide_cells_stand_in_their_columns():
    html = "<table><tr><th colspan=2>Qui</th><th>Quand</th></tr><tr><th>Maï</th><td>x</td></tr></table>"

    ((_name, table),) = blocks(html)

    assert [(column["type"], column["heading"]) for column in table["columns"]] == [
        ("row_heading", "Qui"), ("text", ""), ("text", "Quand")
    ]  # fmt: skip
    assert table["rows"] == [{"values": ["Maï", "x", ""]}]


def test_the_form_receives_blocks_that_it_can_show_and_a_sentence_in_french(north):
    response = north.writer_client.post(reverse("paste"), {"html": WORD + WEB})

    answer = response.json()
    assert {block["type"] for block in answer["blocks"]} <= set(StoryBlock().child_blocks)
    assert json.loads(answer["blocks"][1]["value"])["blocks"][0]["text"] == "Le 12 mars, au 1er étage."
    image = next(block["value"] for block in answer["blocks"] if block["type"] == "image")
    assert image["image"]["alt_text"] == "La salle pleine" and image["image"]["image"] is None
    assert "1 image est à choisir" in answer["said"] and "contenus d’autres sites" in answer["said"]


def test_the_end_of_a_text_that_is_too_long_is_said_to_be_left_out(north, monkeypatch):
    monkeypatch.setattr("commons.pasting.MAX_CHARACTERS", 60)
    answer = north.writer_client.post(reverse("paste"), {"html": "<p>un</p>" * 20}).json()
    assert "la fin du texte, qui est trop long" in answer["said"]


def test_only_somebody_who_is_signed_in_is_answered(client, db):
    assert client.post(reverse("paste"), {"html": WORD}, headers={"host": "reseau.test"}).status_code == 302
