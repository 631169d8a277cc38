"""What people paste: an address in any of its usual forms, or an iframe code with whatever stands around it."""

from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError

from core.embeds.address import seconds
from core.embeds.recognition import recognise, storable
from core.models import ApprovedHost

YT, NOCOOKIE = "https://www.youtube.com", "https://www.youtube-nocookie.com"
GEO = "https://geo.dailymotion.com/player.html"
TUBE, SHORT = "https://tube.example.net", "kkGMgK9ZtnKfYAgnEtQxbv"
UUID = "9c9de5e8-0a1e-484a-b099-e80766180a6d"
PEER_END = "title=0&warningTitle=0&peertubeLink=0&p2p=0"

# what is pasted → provider, which video, the player that a press of the button calls
ACCEPTED = [
    (f"{YT}/watch?v=dQw4w9WgXcQ", "youtube", "dQw4w9WgXcQ", f"{NOCOOKIE}/embed/dQw4w9WgXcQ?rel=0"),
    ("  https://youtu.be/dQw4w9WgXcQ\n", "youtube", "dQw4w9WgXcQ", f"{NOCOOKIE}/embed/dQw4w9WgXcQ?rel=0"),
    ("https://youtu.be/dQw4w9WgXcQ?si=AbC&t=43", "youtube", "dQw4w9WgXcQ",
     f"{NOCOOKIE}/embed/dQw4w9WgXcQ?start=43&rel=0"),
    ("Regardez : https://youtu.be/dQw4w9WgXcQ.", "youtube", "dQw4w9WgXcQ", None),
    ("Notre film (https://youtu.be/dQw4w9WgXcQ), à voir !", "youtube", "dQw4w9WgXcQ", None),
    ("à voir sur youtube.com/watch?v=dQw4w9WgXcQ ce soir", "youtube", "dQw4w9WgXcQ", None),
    (f"{TUBE}/w/{SHORT};threadId=1234", "peertube", None, None),
    (f"{TUBE}/videos/watch/{UUID};threadId=12?start=3s", "peertube", None, None),
    ("https://vimeo.com/manage/videos/76979871/abcdef0123", "vimeo", "76979871/abcdef0123", None),
    ("youtube.com/watch?v=dQw4w9WgXcQ", "youtube", "dQw4w9WgXcQ", f"{NOCOOKIE}/embed/dQw4w9WgXcQ?rel=0"),
    ("http://m.youtube.com/watch?feature=share&v=dQw4w9WgXcQ", "youtube", "dQw4w9WgXcQ", None),
    ("HTTPS://WWW.YouTube.COM/watch?v=dQw4w9WgXcQ", "youtube", "dQw4w9WgXcQ", None),
    ("https://www.youtube.com:443/watch?v=dQw4w9WgXcQ", "youtube", "dQw4w9WgXcQ", None),
    ("youtube.com:443/watch?v=dQw4w9WgXcQ", "youtube", "dQw4w9WgXcQ", None),
    ("https://www.youtube.com./watch?v=dQw4w9WgXcQ", "youtube", "dQw4w9WgXcQ", None),
    ("https://music.youtube.com/watch?v=dQw4w9WgXcQ", "youtube", "dQw4w9WgXcQ", None),
    (f"{YT}/shorts/a1b2c3d4e5F", "youtube", "a1b2c3d4e5F", None),
    (f"{YT}/live/a1b2c3d4e5F?feature=share", "youtube", "a1b2c3d4e5F", None),
    (f"{YT}/embed/dQw4w9WgXcQ?start=90", "youtube", "dQw4w9WgXcQ", f"{NOCOOKIE}/embed/dQw4w9WgXcQ?start=90&rel=0"),
    (f"{NOCOOKIE}/embed/dQw4w9WgXcQ", "youtube", "dQw4w9WgXcQ", None),
    (f"{YT}/v/dQw4w9WgXcQ", "youtube", "dQw4w9WgXcQ", None),
    (f"{YT}/watch?v=dQw4w9WgXcQ&t=1m30s", "youtube", "dQw4w9WgXcQ", f"{NOCOOKIE}/embed/dQw4w9WgXcQ?start=90&rel=0"),
    (f"{YT}/watch?v=dQw4w9WgXcQ#t=1h2m3s", "youtube", "dQw4w9WgXcQ",
     f"{NOCOOKIE}/embed/dQw4w9WgXcQ?start=3723&rel=0"),
    (f"{YT}/watch?v=dQw4w9WgXcQ&list=PLabcdef12345&index=2", "youtube", "dQw4w9WgXcQ",
     f"{NOCOOKIE}/embed/dQw4w9WgXcQ?list=PLabcdef12345&rel=0"),
    (f"{YT}/playlist?list=PLabcdef12345", "youtube", "list:PLabcdef12345",
     f"{NOCOOKIE}/embed/videoseries?list=PLabcdef12345&rel=0"),
    (f"{YT}/embed/videoseries?list=PLabcdef12345", "youtube", "list:PLabcdef12345", None),
    (f"{YT}/watch?v=dQw4w9WgXcQ&amp;t=43s", "youtube", "dQw4w9WgXcQ", f"{NOCOOKIE}/embed/dQw4w9WgXcQ?start=43&rel=0"),
    (f'<iframe width="560" height="315" src="{YT}/embed/dQw4w9WgXcQ?si=x&amp;start=12" title="YouTube video player" '
     'frameborder="0" allow="autoplay" allowfullscreen></iframe>', "youtube", "dQw4w9WgXcQ",
     f"{NOCOOKIE}/embed/dQw4w9WgXcQ?start=12&rel=0"),
    ('<script>alert(1)</script><p><IFRAME SRC="//www.youtube.com/embed/dQw4w9WgXcQ"></IFRAME><a href="javascript:x">'
     '</a></p><script src="https://evil.test/x.js"></script>', "youtube", "dQw4w9WgXcQ", None),
    ("https://www.dailymotion.com/video/x8abcde", "dailymotion", "x8abcde", f"{GEO}?video=x8abcde"),
    ("https://www.dailymotion.com/video/x8abcde_le-titre_news", "dailymotion", "x8abcde", f"{GEO}?video=x8abcde"),
    ("https://dai.ly/x8abcde", "dailymotion", "x8abcde", None),
    ("https://www.dailymotion.com/fr/video/x8abcde", "dailymotion", "x8abcde", None),
    ("https://www.dailymotion.com/video/x8abcde?start=75", "dailymotion", "x8abcde",
     f"{GEO}?video=x8abcde&startTime=75"),
    ("https://www.dailymotion.com/embed/video/x8abcde?autoplay=1", "dailymotion", "x8abcde", f"{GEO}?video=x8abcde"),
    ("https://geo.dailymotion.com/player/x123.html?video=x8abcde", "dailymotion", "x8abcde", None),
    ("https://geo.dailymotion.com/player.html?video=kAbCdEf123", "dailymotion", "kAbCdEf123", None),
    ("https://www.dailymotion.com/playlist/x7qwert", "dailymotion", "list:x7qwert", f"{GEO}?playlist=x7qwert"),
    ('<div style="position:relative"><iframe src="https://geo.dailymotion.com/player.html?video=x8abcde" '
     'allow="web-share"></iframe></div>', "dailymotion", "x8abcde", None),
    ("https://vimeo.com/76979871", "vimeo", "76979871", "https://player.vimeo.com/video/76979871?dnt=1"),
    ("https://vimeo.com/76979871/0a1b2c3d4e", "vimeo", "76979871/0a1b2c3d4e",
     "https://player.vimeo.com/video/76979871?h=0a1b2c3d4e&dnt=1"),
    ("https://vimeo.com/76979871?h=0a1b2c3d4e", "vimeo", "76979871/0a1b2c3d4e",
     "https://player.vimeo.com/video/76979871?h=0a1b2c3d4e&dnt=1"),
    ("https://player.vimeo.com/video/76979871?h=0a1b2c3d4e&badge=0", "vimeo", "76979871/0a1b2c3d4e",
     "https://player.vimeo.com/video/76979871?h=0a1b2c3d4e&dnt=1"),
    ("https://vimeo.com/channels/staffpicks/76979871", "vimeo", "76979871", None),
    ("https://vimeo.com/groups/ess/videos/76979871", "vimeo", "76979871", None),
    ("https://vimeo.com/showcase/1234567/video/76979871", "vimeo", "76979871", None),
    ("https://vimeo.com/76979871#t=2m", "vimeo", "76979871", "https://player.vimeo.com/video/76979871?dnt=1#t=120s"),
    ("https://vimeo.com/showcase/1234567", "vimeo", "list:1234567", "https://vimeo.com/showcase/1234567/embed2"),
    (f"{TUBE}/w/{SHORT}", "peertube", f"tube.example.net/{SHORT}", f"{TUBE}/videos/embed/{SHORT}?{PEER_END}"),
    (f"{TUBE}/videos/watch/{UUID}", "peertube", f"tube.example.net/{UUID}", f"{TUBE}/videos/embed/{UUID}?{PEER_END}"),
    (f"{TUBE}/videos/embed/{UUID}?start=1m5s", "peertube", f"tube.example.net/{UUID}",
     f"{TUBE}/videos/embed/{UUID}?start=65s&{PEER_END}"),
    (f"{TUBE}/w/p/{SHORT}", "peertube", f"tube.example.net/list:{SHORT}",
     f"{TUBE}/video-playlists/embed/{SHORT}?{PEER_END}"),
    (f'<iframe title="x" src="{TUBE}/videos/embed/{SHORT}" sandbox="allow-scripts"></iframe>', "peertube",
     f"tube.example.net/{SHORT}", None),
    ("https://archives.example.net/video/une-scop-en-1978", "oembed", None, ""),
    ("https://archives.example.net/ma%20video/qui%3F/?a=1&a=2&parameters=3", "oembed", None, ""),
    (f"{YT}/watch?v=dQw4w9WgXcQ&start=10&end=40", "youtube", "dQw4w9WgXcQ",
     f"{NOCOOKIE}/embed/dQw4w9WgXcQ?start=10&end=40&rel=0"),
    ('<iframe src="https://lecteur.example.net/embed/42"></iframe>', "oembed", None,
     "https://lecteur.example.net/embed/42"),
    ("https://lecteur.example.net/embed/42", "oembed", None, "https://lecteur.example.net/embed/42"),
    ('<iframe src="https://chaine.example.net/embeds/fr/1234?autoplay=0"></iframe>', "oembed", None,
     "https://chaine.example.net/embeds/fr/1234?autoplay=0"),
    ("https://video.example.org/w/loi-ess-1", "example", "loi-ess-1", "/video-exemple/loi-ess-1/"),
]  # fmt: skip

REFUSED = [
    "", " ", "bonjour", "dQw4w9WgXcQ", "javascript:alert(1)", "JaVaScRiPt:alert(1)//youtube.com/watch?v=dQw4w9WgXcQ",
    "data:text/html,<script>alert(1)</script>", "data:text/html;base64,PHNjcmlwdD4=", "vbscript:x", "file:///etc/passwd",
    "ftp://www.youtube.com/watch?v=dQw4w9WgXcQ", "https://youtube.com.evil.test/watch?v=dQw4w9WgXcQ",
    "https://evil.test/youtube.com/watch?v=dQw4w9WgXcQ", "https://evil.test/?u=https://youtu.be/dQw4w9WgXcQ",
    "https://notyoutube.com/watch?v=dQw4w9WgXcQ", "https://www.youtube.com@evil.test/watch?v=dQw4w9WgXcQ",
    "https://evil.test\\@www.youtube.com/watch?v=dQw4w9WgXcQ", "https://www.youtube.com:8443/watch?v=dQw4w9WgXcQ",
    "https://уoutube.com/watch?v=dQw4w9WgXcQ", "https://www.youtube.cοm/watch?v=dQw4w9WgXcQ",
    "https://www.yоutube-nocookie.com/embed/dQw4w9WgXcQ", "https://xn--outube-4nf.com/watch?v=dQw4w9WgXcQ",
    "https://ｙoutube.com/watch?v=dQw4w9WgXcQ", "https://youtube.com。evil.test/watch?v=dQw4w9WgXcQ",
    f"Deux films : {YT}/watch?v=dQw4w9WgXcQ et {YT}/watch?v=aQw4w9WgXcQ", "un film de YouTube",
    f"{YT}/embed/live_stream?channel=UCabcdef",
    f"{YT}/watch?v=short", f"{YT}/watch?v=dQw4w9WgXcQ<script>", f"{YT}/@chaine", f"{YT}/results?search_query=scop",
    f"{YT}/watch?v=dQw4w9WgXc%00", f"{YT}/", "https://youtu.be/", "https://www.youtube.com/\x00watch?v=dQw4w9WgXcQ",
    "https://www.you\ntube.com/watch?v=dQw4w9WgXcQ", "https://www.dailymotion.com/", "https://dai.ly/../x8abcde",
    "https://www.dailymotion.com/video/%3Cscript%3E", "https://www.dailymotion.com.evil.test/video/x8abcde",
    "https://vimeo.com/", "https://vimeo.com/about", "https://vimeo.com/76979871/not-a-hash",
    "https://vimeo.com/76979871?h=<script>", "https://player.vimeo.com.evil.test/video/76979871",
    f"https://tube.evil.test/w/{SHORT}", f"https://tube.example.net.evil.test/w/{SHORT}", f"{TUBE}/accounts/x",
    f"http://127.0.0.1/w/{SHORT}", f"http://[::1]/w/{SHORT}", f"http://localhost/w/{SHORT}",
    f"http://169.254.169.254/w/{SHORT}", f"http://2130706433/w/{SHORT}", f"{TUBE}/w/../../etc/passwd",
    "https://archives.example.net/", "https://autre.example.net/video/1",
    "<iframe></iframe>", '<iframe src=""></iframe>', '<iframe src="javascript:alert(1)"></iframe>',
    '<iframe src="data:text/html,x"></iframe>', '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<iframe src="https://evil.test/embed/dQw4w9WgXcQ"></iframe>',
    f'<iframe src="{YT}/embed/dQw4w9WgXcQ"></iframe><iframe src="https://evil.test/"></iframe>',
    f'<script src="{YT}/embed/dQw4w9WgXcQ"></script>', f'<video src="{YT}/embed/dQw4w9WgXcQ">',
    f"{YT}/watch?v=dQw4w9WgXcQ" + "&x=1" * 1000, "https://" + "a" * 5000,
]  # fmt: skip


@pytest.fixture(autouse=True)
def approved(db):
    ApprovedHost.objects.create(hostname="tube.example.net", name="Tube")
    for hostname, player in (("archives.example.net", "lecteur.example.net"), ("chaine.example.net", "")):
        ApprovedHost.objects.create(
            kind=ApprovedHost.Kind.OEMBED,
            hostname=hostname,
            player_host=player,
            name=hostname,
            oembed_url=f"https://{hostname}/oembed",
        )


@pytest.mark.parametrize(("pasted", "provider", "key", "player"), ACCEPTED)
def test_an_address_of_a_video_is_recognised_in_any_of_its_forms(pasted, provider, key, player):
    embed = recognise(pasted)

    assert embed.provider == provider
    assert key is None or embed.key == key
    assert player is None or embed.player_url == player
    assert recognise(storable(pasted)) == embed  # what is kept says all that was meant


@pytest.mark.parametrize("pasted", REFUSED)
def test_anything_else_gets_a_sentence_that_lists_what_is_accepted(pasted):
    with pytest.raises(ValidationError) as refusal:
        recognise(pasted)

    (sentence,) = refusal.value.messages
    for name in ("YouTube", "Dailymotion", "Vimeo", "PeerTube (tube.example.net)", "archives.example.net"):
        assert name in sentence


def test_a_host_whose_approval_ends_is_recognised_no_more():
    recognise(f"{TUBE}/w/{SHORT}")
    ApprovedHost.objects.all().delete()

    with pytest.raises(ValidationError):
        recognise(f"{TUBE}/w/{SHORT}")


def test_no_pasted_text_is_a_failure():
    pieces = ["https://", "youtu.be/", "<iframe src=", '"', "%00", "\ud7ff", "é", "@", ":", "[", "]", "?", "#", "&",
              "=", "\\", "//", ".", "vimeo.com/", "1" * 12, "<", ">", "javascript:"]  # fmt: skip
    for first in pieces:
        for second in pieces:
            for third in pieces:
                with suppress(ValidationError):
                    recognise(first + second + third)


@pytest.mark.parametrize(
    ("text", "found"),
    [("90", 90), ("90s", 90), ("1m30s", 90), ("1m", 60), ("1h", 3600), ("1h2m3s", 3723), ("1:30", 90),
     ("01:02:03", 3723), ("", 0), ("-5", 0), ("soon", 0), ("99999999", 0), ("1e3", 0), ("٣", 0)],
)  # fmt: skip
def test_an_offset_is_read_as_providers_write_it(text, found):
    assert seconds(text) == found
