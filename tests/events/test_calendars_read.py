"""What is made of the calendars of others, whatever is in them: right dates, nothing left out without a word."""

from datetime import UTC, datetime

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from events.ical.reading import ReadCalendar, UnreadableCalendar, read_calendar

pytestmark = pytest.mark.database_independent("reads bytes, and asks no database")
MORNING = datetime(2026, 12, 1, 8, tzinfo=UTC)


def file_of(*events: str, head: str = "") -> str:
    body = "".join(f"BEGIN:VEVENT\nDTSTAMP:20260101T000000Z\n{event.strip()}\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{head}{body}END:VCALENDAR\n".replace("\n", "\r\n")


def read(content: str | bytes) -> ReadCalendar:
    with time_machine.travel(MORNING, tick=False):
        return read_calendar(content if isinstance(content, bytes) else content.encode())


def dates(found: ReadCalendar, most: int = 6) -> list[str]:
    """Every date of every event, in order, as the clocks of France show it."""
    with time_machine.travel(MORNING, tick=False):
        planned = sorted(one for event in found.events for one in ((o.begin, o) for o in event.schedule.occurrences()))
    return [written(occurrence) for _begin, occurrence in planned[:most]]


def written(occurrence) -> str:
    if occurrence.is_all_day:
        return f"{occurrence.begin:%d/%m}"
    end = f"-{occurrence.finish:%H:%M}" if occurrence.finish > occurrence.begin else ""
    return f"{occurrence.begin:%d/%m %H:%M}{end}"


def warnings(found: ReadCalendar) -> list[str]:
    return [*found.warnings, *(warning for event in found.events for warning in event.warnings)]


PARIS = ";TZID=Europe/Paris"
WEEKLY = (
    f"UID:a\nSUMMARY:Chorale\nDTSTART{PARIS}:20270105T180000\nDTEND{PARIS}:20270105T200000\nRRULE:FREQ=WEEKLY;COUNT=4"
)


def test_a_daily_event_of_another_zone_keeps_its_next_dates_not_its_last():
    found = read(file_of("UID:a\nSUMMARY:Permanence\nDTSTART:20261201T080000Z\nRRULE:FREQ=DAILY"))

    assert dates(found, 3) == ["01/12 09:00", "02/12 09:00", "03/12 09:00"]
    assert len(dates(found, 1000)) > 200 and "200" in warnings(found)[0]


def test_the_same_calendar_is_the_same_all_month():
    content = file_of("UID:a\nSUMMARY:Permanence\nDTSTART:20250101T080000Z\nRRULE:FREQ=DAILY").encode()
    digests = set()
    for day in (2, 15, 30):
        with time_machine.travel(datetime(2026, 12, day, 8, tzinfo=UTC), tick=False):
            digests.add(read_calendar(content).events[0].digest)

    assert len(digests) == 1


def test_a_rule_of_another_zone_is_kept_where_it_says_the_same_at_our_clock():
    winter = read(file_of("UID:a\nSUMMARY:Yoga\nDTSTART:20270105T170000Z\nRRULE:FREQ=WEEKLY;COUNT=6"))
    brussels = read(file_of("UID:a\nSUMMARY:Yoga\nDTSTART;TZID=Europe/Brussels:20270105T180000\nRRULE:FREQ=WEEKLY"))

    for found in (winter, brussels):
        assert found.events[0].schedule.rule is not None and not warnings(found)
        assert dates(found, 2) == ["05/01 18:00", "12/01 18:00"]


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        # Dates copied one by one obey EXDATE, RDATE and overrides as a rule's do.
        ("DTSTART:20270301T170000Z\nRRULE:FREQ=WEEKLY;COUNT=6\nEXDATE:20270308T170000Z",
         ["01/03 18:00", "15/03 18:00", "22/03 18:00", "29/03 19:00", "05/04 19:00"]),
        (f"DTSTART{PARIS}:20270107T100000\nDTEND{PARIS}:20270107T120000\nRDATE{PARIS}:20270114T100000,20270121T100000\n"
         f"EXDATE{PARIS}:20270114T100000", ["07/01 10:00-12:00", "21/01 10:00-12:00"]),
        (f"DTSTART{PARIS}:20270107T100000\nDTEND{PARIS}:20270107T120000\n"
         f"RDATE{PARIS};VALUE=PERIOD:20270114T100000/20270114T160000,20270121T100000/PT3H",
         ["07/01 10:00-12:00", "14/01 10:00-16:00", "21/01 10:00-13:00"]),
        # What says the hour of the start again says nothing.
        (f"DTSTART{PARIS}:20270105T183000\nRRULE:FREQ=WEEKLY;BYDAY=TU;BYHOUR=18;BYMINUTE=30;BYSECOND=0;COUNT=2",
         ["05/01 18:30", "12/01 18:30"]),
        (f"DTSTART{PARIS}:20270105T183000\nRRULE:FREQ=WEEKLY;BYDAY=TU, TH;COUNT=2", ["05/01 18:30", "07/01 18:30"]),
        (f"DTSTART{PARIS}:20270105T183000\nRRULE:FREQ=DAILY;COUNT=6\nEXRULE:FREQ=DAILY;INTERVAL=2;COUNT=2",
         ["06/01 18:30", "08/01 18:30", "09/01 18:30", "10/01 18:30"]),
        (f"DTSTART{PARIS}:20270105T183000\nDTEND{PARIS}:20270105T200000\nDURATION:\nEXDATE:\nGEO:\nRDATE:",
         ["05/01 18:30-20:00"]),
        ("DTSTART: 20270112T180000\nDTEND:  20270112T193000", ["12/01 18:00-19:30"]),
        ("dtstart;value=date:20270112", ["12/01"]),
        ('DTSTART;TZID=(UTC+01:00) Brussels, Copenhagen, Madrid, Paris:20270112T180000', ["12/01 18:00"]),
    ],
)  # fmt: skip
def test_the_times_of_an_event(event, expected):
    found = read(file_of(f"UID:a\nSUMMARY:Essai\n{event}"))

    assert dates(found) == expected and not found.refused


@pytest.mark.parametrize(
    ("event", "expected", "word"),
    [
        ("DTSTART;VALUE=DATE:20270101\nRRULE:", ["01/01"], "répétition"),
        ("DTSTART:20270112T170000Z\nDURATION:2H", ["12/01 18:00"], "fin"),
        ("DTSTART:20270112T170000Z\nDTEND:None", ["12/01 18:00"], "fin"),
        ("DTSTART:20270112T170000Z\nURL:voir l’affiche", ["12/01 18:00"], "adresse"),
        (f"DTSTART{PARIS}:20270105T180000\nRRULE:FREQ=WEEKLY;COUNT=2;UNTIL=20270301",
         ["05/01 18:00", "12/01 18:00"], "deux fins"),
        ("DTSTART:20270112T170000Z\nGEO:ici", ["12/01 18:00"], "position"),
        (f"DTSTART{PARIS}:20270106T180000\nRRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=2",
         ["06/01 18:00", "12/01 18:00", "19/01 18:00"], "06/01/2027"),
        (f"DTSTART{PARIS}:20270105T180000\nRRULE:FREQ=WEEKLY;COUNT=2\nRRULE:FREQ=MONTHLY;COUNT=2",
         ["05/01 18:00", "12/01 18:00", "05/02 18:00"], "deux règles"),
        (f"DTSTART{PARIS}:20270105T180000\nRRULE:FREQ=WEEKLY;COUNT=3\nEXDATE{PARIS}:20270112T180000,demain",
         ["05/01 18:00", "19/01 18:00"], "demain"),
        ("DTSTART;TZID=Lune/Mer:20270112T180000", ["12/01 18:00"], "Lune/Mer"),
        ("DTSTART:20270112T170000Z\nATTACH;FMTTYPE=image/png:https://a.example/affiche", ["12/01 18:00"], "image"),
        ("DTSTART:20270112T170000Z\nLOCATION:" + "Salle " * 40, ["12/01 18:00"], "lieu"),
        ("DTSTART:20270112T170000Z\nDESCRIPTION:" + "Long. " * 2000, ["12/01 18:00"], "texte"),
    ],
)  # fmt: skip
def test_what_is_not_taken_as_it_is_has_a_warning(event, expected, word):
    found = read(file_of(f"UID:a\nSUMMARY:Essai\n{event}"))

    assert dates(found) == expected
    assert word in " ".join(warnings(found))


@pytest.mark.parametrize(
    ("override", "expected", "word"),
    [
        ("SUMMARY:Chorale chez nos voisins\nLOCATION:Bibliothèque", "12/01 18:00-20:00", "Bibliothèque"),
        ("DESCRIPTION:Apportez vos partitions", "12/01 18:00-20:00", "partitions"),
        (f"DTSTART{PARIS}:20270112T180000\nDTEND{PARIS}:20270112T213000", "12/01 18:00-21:30", ""),
        (f"DTSTART{PARIS}:20270113T100000\nDTEND{PARIS}:20270113T120000", "13/01 10:00-12:00", ""),
        ("DTSTART;VALUE=DATE:20270112", "12/01", "à part"),
        (f"DTSTART{PARIS}:20270112T100000\nDTEND{PARIS}:20270114T120000", "12/01 10:00-12:00", "à part"),
    ],
)  # fmt: skip
def test_what_one_date_says_of_itself_is_said_here_too(override, expected, word):
    times = "" if "DTSTART" in override else f"DTSTART{PARIS}:20270112T180000\nDTEND{PARIS}:20270112T200000\n"
    found = read(file_of(WEEKLY, f"UID:a\nRECURRENCE-ID{PARIS}:20270112T180000\n{times}{override}"))

    assert expected in dates(found) and len(dates(found)) == 4
    notes = " ".join(occurrence.note for event in found.events for occurrence in event.schedule.occurrences())
    assert word in notes + " ".join(warnings(found))


def test_one_date_of_a_timed_series_lasts_all_day_and_one_of_days_gets_hours():
    day = read(file_of(WEEKLY, "UID:a\nRECURRENCE-ID;VALUE=DATE:20270112\nDTSTART;VALUE=DATE:20270112"))
    days = "UID:a\nSUMMARY:Marché\nDTSTART;VALUE=DATE:20270105\nRRULE:FREQ=WEEKLY;COUNT=3"
    hours = read(file_of(days, f"UID:a\nRECURRENCE-ID{PARIS}:20270112T000000\nDTSTART{PARIS}:20270112T140000"))

    assert dates(day) == ["05/01 18:00-20:00", "12/01", "19/01 18:00-20:00", "26/01 18:00-20:00"]
    assert dates(hours) == ["05/01", "12/01 14:00", "19/01"]


def test_one_date_that_is_private_cancelled_or_replaced():
    def with_date(*lines: str) -> ReadCalendar:
        return read(file_of(WEEKLY, *(f"UID:a\nRECURRENCE-ID{PARIS}:20270112T180000\n{line}" for line in lines)))

    start = f"DTSTART{PARIS}:20270112T"
    assert "12/01 18:00-20:00" not in dates(with_date(f"CLASS:PRIVATE\n{start}180000"))
    cancelled = with_date(f"STATUS: CANCELLED\n{start}180000").events[0].schedule.occurrences()
    assert [one.is_cancelled for one in cancelled] == [False, True, False, False]
    twice = with_date(f"SEQUENCE:3\n{start}140000", f"SEQUENCE:1\n{start}110000")
    assert "12/01 14:00" in dates(twice) and len(dates(twice)) == 4


def test_a_series_that_changes_from_one_date_on_is_two():
    found = read(
        file_of(
            WEEKLY,
            f"UID:a\nSUMMARY:Chorale\nRECURRENCE-ID;RANGE=THISANDFUTURE{PARIS}:20270119T180000\n"
            f"DTSTART{PARIS}:20270119T190000\nDTEND{PARIS}:20270119T210000",
        )
    )

    assert dates(found) == ["05/01 18:00-20:00", "12/01 18:00-20:00", "19/01 19:00-21:00", "26/01 19:00-21:00"]


def test_a_series_that_is_cancelled_from_one_date_on_ends_before():
    override = f"UID:a\nSTATUS:CANCELLED\nRECURRENCE-ID;RANGE=THISANDFUTURE{PARIS}:20270119T180000"
    found = read(file_of(WEEKLY, override))

    assert dates(found) == ["05/01 18:00-20:00", "12/01 18:00-20:00"] and "19/01/2027" in warnings(found)[0]


def test_a_line_about_a_date_that_cannot_be_read_is_left_out_alone():
    found = read(file_of(WEEKLY, "UID:a\nSUMMARY:Autre\nRECURRENCE-ID:un mardi\nDTSTART:20270112T170000Z"))

    assert len(dates(found)) == 4 and "dates" in warnings(found)[0]


def test_what_is_said_twice_counts_once():
    (event,) = read(
        file_of("UID:a\nSUMMARY:Loto\nSUMMARY:Bingo\nDTSTART:20270112T170000Z\nDTSTART:20270113T170000Z")
    ).events

    assert event.title == "Loto" and event.schedule.starts_on.day == 12


def test_dates_without_their_series_are_events_and_so_are_several_events_of_one_uid():
    alone = read(file_of(*(f"UID:a\nSUMMARY:Conseil\nRECURRENCE-ID:2027{day}T170000Z\nDTSTART:2027{day}T170000Z"
                           for day in ("0112", "0209", "0309"))))  # fmt: skip
    same = read(file_of(*(f"UID:x\nSUMMARY:{title}\nDTSTART:20270112T170000Z" for title in ("Loto", "Bal"))))

    assert dates(alone) == ["12/01 18:00", "09/02 18:00", "09/03 18:00"]
    assert [event.title for event in same.events] == ["Loto", "Bal"]
    assert len({event.uid for event in [*alone.events, *same.events]}) == 5


def test_thirty_weekly_activities_since_2010_are_thirty_events():
    days = ["MO", "TU", "WE", "TH", "FR"]
    content = file_of(*(
        f"UID:{number}\nSUMMARY:Activité {number}\nDTSTART{PARIS}:201009{6 + number % 5:02}T{9 + number // 5:02}0000\n"
        f"RRULE:FREQ=WEEKLY;BYDAY={days[number % 5]}" for number in range(30)
    ))  # fmt: skip

    found = read(content)

    assert len(found.events) == 30 and not found.refused


SOUND = f"UID:bon\nSUMMARY:Bon événement\nDTSTART{PARIS}:20270107T100000"
GOOD = "07/01 10:00"
BROKEN = [
    "BEGIN:VTIMEZONE\nTZID:A\nTZID:B\nBEGIN:STANDARD\nDTSTART:x\nEND:STANDARD\nEND:VTIMEZONE\n",
    "BEGIN:VTODO\nDUE:demain\n",
    "BEGIN:VEVENT\nUID:c\nSUMMARY:Essai\nBEGIN:VALARM\nTRIGGER:PT-2H\nEND:VALARM\nDTSTART:garbage\nEND:VEVENT\n",
    "BEGIN:VEVENT\nUID:c\nSUMMARY:Sans fin\n",
    "END:VEVENT\nX\n",
    "X-WR-CALDESC:Un agenda\nécrit sur\nplusieurs lignes: oui\n",
    "BEGIN:VJOURNAL\nDTSTART\nEND:VTODO\n",
    'BEGIN:VEVENT\nUID:d\nDTSTART;TZID="Europe:20270101T000000\nRRULE:PARFOIS\nEND:VEVENT\n',
]


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_component_spoils_itself_alone(broken):
    assert GOOD in dates(read(file_of(SOUND, head=broken)))
    assert GOOD in dates(read(file_of(SOUND).replace("END:VCALENDAR", f"{broken}END:VCALENDAR")))


def test_an_alarm_or_a_stray_line_of_an_event_takes_nothing_from_it():
    found = read(file_of(f"{SOUND}\nBEGIN:VALARM\nTRIGGER:PT-2H\nSUMMARY:Rappel\nEND:VALARM\n???\nLOCATION:Mairie"))

    assert [(event.title, event.place) for event in found.events] == [("Bon événement", "Mairie")]


NAME = st.sampled_from(
    ["DTSTART", "RRULE", "DTEND", "EXDATE", "RDATE", "GEO", "TRIGGER", "TZID", "END", "BEGIN", "X-A", ""]
)
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=40)
LINE = st.builds(lambda name, sign, text: f"{name}{sign}{text}", NAME, st.sampled_from([":", ";", ""]), TEXT)


@given(st.sampled_from(["VEVENT", "VTODO", "VTIMEZONE", "VALARM", "X-COMP"]), st.lists(LINE, max_size=6), st.booleans())
def test_all_sound_events_are_read_beside_whatever_else_there_is(kind, lines, is_ended):
    lines = [
        line for line in lines if not line.strip().upper().startswith(("BEGIN:VCAL", "END:VCAL", "BEGIN;", "END;"))
    ]
    broken = "\n".join([f"BEGIN:{kind}", *lines, *([f"END:{kind}"] if is_ended else []), ""])
    other = SOUND.replace("bon", "autre").replace("20270107", "20270108")
    content = file_of(SOUND, other).replace("BEGIN:VEVENT", f"{broken}BEGIN:VEVENT", 1)

    found = read(content)

    assert {GOOD, "08/01 10:00"} <= set(dates(found, 3000))


def test_a_text_is_read_letter_by_letter_whatever_its_bytes():
    folded = "UID:a\nSUMMARY:Réunion d’été — forêt, cœur 🌊\nDTSTART:20270112T170000Z"
    content = file_of(folded).encode()
    at = content.index("é".encode()) + 1
    cut = content[:at] + b"\r\n " + content[at:]
    latin = file_of(folded.replace(" — forêt, cœur 🌊", "").replace("’", "'")).encode("latin-1")
    mixed = (
        file_of("UID:b\nSUMMARY:Fête\nDTSTART:20270113T170000Z", folded).encode().replace("Fête".encode(), b"F\xeate")
    )

    assert read(cut).events[0].title == "Réunion d’été — forêt, cœur 🌊"
    assert read(latin).events[0].title == "Réunion d'été"
    found = read(mixed)
    assert [event.title for event in found.events] == ["Fête", "Réunion d’été — forêt, cœur 🌊"]
    assert "Fête" in found.warnings[0]
    assert read(file_of(folded).encode("utf-16")).events[0].title == "Réunion d’été — forêt, cœur 🌊"


def test_letters_that_stay_doubtful_are_shown():
    content = file_of("UID:a\nSUMMARY:Fête\nDTSTART:20270112T170000Z").replace("Fête", "F\ufffdte")

    assert "F\ufffdte" in read(content).warnings[0]


def test_entities_are_letters_and_links_keep_their_addresses():
    found = read(
        file_of(
            "UID:a\nSUMMARY:Ateliers &#038\\; rencontres &amp;#8211\\; l&#8217\\;&eacute\\;t&eacute\\;\n"
            "LOCATION:Salle de l&rsquo\\;<b>été</b>\nDTSTART:20270112T170000Z\n"
            'DESCRIPTION:<p>Pour venir\\, <a href="https://a.example/?x=1&amp\\;y=2">c’est ici</a></p>\n'
            "URL:https://a.example/agenda?x=1&amp\\;y=2\nATTACH:https://a.example/programme.pdf"
        )
    )

    (event,) = found.events
    assert event.title == "Ateliers & rencontres – l’été" and event.place == "Salle de l’été"
    assert event.description == "Pour venir, c’est ici (https://a.example/?x=1&y=2)"
    assert event.url == "https://a.example/agenda?x=1&y=2"
    assert event.files == ("https://a.example/programme.pdf",)


def test_hours_without_a_zone_are_those_of_the_calendar():
    found = read(file_of("UID:a\nSUMMARY:Visio\nDTSTART:20270112T100000", head="X-WR-TIMEZONE:America/Montreal\n"))

    assert dates(found) == ["12/01 16:00"]


def test_a_zone_that_the_file_describes_is_its_own():
    zone = (
        "BEGIN:VTIMEZONE\nTZID:Chez moi\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0400\n"
        "TZOFFSETTO:+0400\nEND:STANDARD\nEND:VTIMEZONE\n"
    )
    event = "UID:a\nSUMMARY:Visio\nDTSTART;TZID=Chez moi:20270112T100000"

    assert dates(read(file_of(event, head=zone))) == ["12/01 07:00"]
    assert dates(read(file_of(event))) == ["12/01 10:00"]
    endless = zone.replace("END:STANDARD", "RRULE:FREQ=SECONDLY\nEND:STANDARD")
    assert dates(read(file_of(event, head=endless))) == ["12/01 10:00"]


@pytest.mark.parametrize("kind", ["PRIVATE", "CONFIDENTIAL", " private"])
def test_what_its_author_keeps_private_is_refused(kind):
    found = read(file_of(f"UID:a\nSUMMARY:Médecin\nCLASS:{kind}\nDTSTART:20270112T170000Z", SOUND))

    assert [event.title for event in found.events] == ["Bon événement"]
    assert [title for title, _reason in found.refused] == ["Médecin"] and found.private_uids == {"a"}


def test_a_file_that_stops_in_the_middle_says_so():
    whole = file_of(SOUND, "UID:b\nSUMMARY:Coupé\nDTSTART:20270112T170000Z")

    found = read(whole[: whole.index("Coupé") + 5])

    assert found.is_cut and [event.title for event in found.events] == ["Bon événement"]
    assert found.refused and "fin" in found.warnings[0]


def test_what_is_no_event_is_counted():
    found = read(file_of(SOUND, head="BEGIN:VTODO\nSUMMARY:Ranger\nEND:VTODO\n"))

    assert "tâches" in found.warnings[0]


def test_a_page_of_the_web_is_no_calendar():
    with pytest.raises(UnreadableCalendar):
        read("<!doctype html><title>Erreur</title>")


@pytest.mark.parametrize(
    "head",
    ["X-A:b\n" * 40_000, f"X-A:b{' ' * 2_000_000}c\n", f"X-A;{' ' * 2_000_000}c\n", f'X-A;B="{" " * 2_000_000}c\n'],
    ids=["many lines", "a long value", "long parameters", "a quotation mark that is never closed"],
)
def test_a_calendar_made_to_be_read_for_hours_is_read_at_once(head):
    found = read(file_of(*[SOUND] * 3000, head=head))

    assert dates(found) == [GOOD]
