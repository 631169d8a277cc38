"""What two demos serve, compared: to see that a change of code or of templates changes nothing that visitors get.

    make demo PORT=8100                                              # before the change, in one folder
    .venv/bin/python tests/benchmarks/served_pages.py save before.json --port 8100
    make demo PORT=8200                                              # after it, in another
    .venv/bin/python tests/benchmarks/served_pages.py save after.json --port 8200
    .venv/bin/python tests/benchmarks/served_pages.py compare before.json after.json

`save` walks the portal and three pôles: from the sitemap and a few known addresses, along the links to the same host,
level by level and in the order of the alphabet, so that the bound cuts the same ones each time. Not the editor, nor
files; addresses of more than two parameters are not asked for. For each address it keeps the status, where it sends
on, a few headers, the text and the markup:

- the text as it is read: runs of white space are one space, blocks are lines, and whether there is a space between
  two words, or between a word and a picture, is kept;
- the markup without any white space between tags, attributes in order of their names.

What differs between two loads of the same code on the same day is neutralised: ports, unique identifiers, times of
saving, secrets of forms, versions in names of files. `compare` shows each difference once, with all the addresses
that have it, and exits 1 if there is one. Both demos have to be loaded, and saved, on the same day.
"""

import argparse
import csv
import difflib
import json
import re
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from itertools import islice
from pathlib import Path
from urllib.parse import parse_qsl, urljoin, urlsplit
from xml.etree import ElementTree

import requests

HOSTS = ("localhost", "fougeres.localhost", "rennes.localhost", "brest.localhost")
KNOWN = (
    "/", "/br/", "/robots.txt", "/sitemap.xml", "/favicon.svg", "/.well-known/security.txt", "/charte-graphique/",
    "/recherche/", "/recherche/?q=association", "/recherche/?q=zzz", "/nothing-here/", "/br/nothing-here/",
)  # fmt: skip
LEFT_OUT = ("/admin/", "/media/", "/static/", "/documents/")
HEADERS = ("Content-Type", "Content-Language", "Cache-Control", "Content-Security-Policy", "X-Robots-Tag", "Vary")
MAX_ADDRESSES = 2_000
MAX_PARAMETERS = 2

SPACES = re.compile(r"[ \t\n\r\f]+")
# What begins a line of its own, or shows nothing where it stands
BLOCKS = re.compile(
    "address|article|aside|blockquote|body|br|caption|col|colgroup|dd|details|dialog|div|dl|dt|fieldset|figcaption|"
    "figure|footer|form|h[1-6]|head|header|hgroup|hr|html|legend|li|link|main|menu|meta|nav|ol|optgroup|option|p|pre|"
    "script|search|section|style|summary|table|tbody|td|template|tfoot|th|thead|title|tr|ul"
)
# What is read like a word of the line
ATOMS = {"audio", "canvas", "iframe", "img", "input", "meter", "object", "progress", "svg", "video"}
ATOMS_WITH_TEXT = {"button", "select", "textarea"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
LISTS_OF_WORDS = {"class", "style", "srcset", "sizes", "rel", "d", "points", "viewbox", "media", "aria-describedby"}

CHANGING = [
    (re.compile(r"localhost(:|%3A)\d+"), r"localhost\1PORT"),
    (re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b"), "UUID"),
    # Of saving: parts of seconds are in no time that a person chose.
    (re.compile(r"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+(?:Z|[+-]\d\d:\d\d)?"), "TIME"),
    (re.compile(r"(/theme/[\w.-]+?-)[0-9a-f]{12}(?=\.css)"), r"\1VERSION"),
    (re.compile(r"(/static/[^\s\"'()?]+?)\.[0-9a-f]{12}(?=\.\w)"), r"\1"),
    (re.compile(r"(/media/[^\s\"'()?]*?)_[A-Za-z0-9]{7}(?=\.)"), r"\1"),
    (re.compile(r"^(DTSTAMP|LAST-MODIFIED|CREATED|REV)\b.*$", re.MULTILINE), r"\1:TIME"),
    (re.compile(r"(name=\"csrfmiddlewaretoken\"[^>]* value=)\"[^\"]*\""), r'\1"SECRET"'),
]
TIMES_IN_FEEDS = re.compile(r"<((?:lastBuildDate|(?:\w+:)?updated|lastmod))>[^<]*<")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    saving = commands.add_parser("save", help="walk a demo that runs, and keep what it serves")
    saving.add_argument("file", type=Path)
    saving.add_argument("--port", type=int, default=8000)
    saving.add_argument("--host", action="append", help=f"instead of {', '.join(HOSTS)}")
    saving.add_argument("--most", type=int, default=MAX_ADDRESSES, help="addresses a site")
    comparing = commands.add_parser("compare", help="show what differs; exits 1 if anything does")
    comparing.add_argument("before", type=Path)
    comparing.add_argument("after", type=Path)
    comparing.add_argument("--only", choices=[part for part, _shown in PARTS], action="append", help="of the parts")
    comparing.add_argument("--lines", type=int, default=14, help="how long a difference is shown")
    arguments = parser.parse_args()
    if arguments.command == "save":
        save(arguments.file, arguments.port, arguments.host or HOSTS, arguments.most)
    else:
        sys.exit(compare(arguments.before, arguments.after, arguments.only, arguments.lines))


# Walking


def save(file: Path, port: int, hosts: list[str], most: int) -> None:
    began = time.monotonic()
    kept = {host: dict(walk(host, port, most)) for host in hosts}
    file.write_text(json.dumps(kept, ensure_ascii=False, indent=0))
    print(f"{sum(map(len, kept.values()))} addresses in {time.monotonic() - began:.0f} s: {file}")


def walk(host: str, port: int, most: int) -> Iterator[tuple[str, dict]]:
    """Each address of a site, with what is kept of it."""
    session = requests.Session()
    session.mount("http://", requests.adapters.HTTPAdapter(pool_maxsize=4))
    known, level, asked = set(KNOWN), sorted(KNOWN), 0
    with ThreadPoolExecutor(3) as pool:
        while level and asked < most:
            cut = len(level) - (most - asked)
            level = level[: most - asked]
            asked += len(level)
            found = set()
            for address, (record, links) in zip(
                level, pool.map(lambda address: fetch(session, host, port, address), level), strict=True
            ):
                yield neutral(address), record
                found |= links
            level = sorted(found - known)
            known |= found
            if cut > 0:
                print(f"{host}: {cut} addresses left out at the bound of {most}", file=sys.stderr)
    print(f"{host}: {asked} addresses", file=sys.stderr)


def fetch(session: requests.Session, host: str, port: int, address: str) -> tuple[dict, set[str]]:
    response = session.get(
        f"http://127.0.0.1:{port}{address}",
        headers={"Host": f"{host}:{port}", "User-Agent": "served_pages"},
        allow_redirects=False,
        timeout=120,
    )
    content_type = response.headers.get("Content-Type", "").partition(";")[0]
    record = {"status": response.status_code}
    links = set()
    if target := response.headers.get("Location"):
        record["target"] = neutral(target)
        links.add(target)
    record["headers"] = [f"{name}: {neutral(response.headers[name])}" for name in HEADERS if name in response.headers]
    reader = READERS.get(content_type, Nothing if is_binary(content_type) else Plain)
    # Read before it is neutralised: the links have to be the demo's own.
    read = reader(response.content.decode("utf-8", "replace"))
    record["text"] = neutral(read.text)
    record["markup"] = neutral(read.markup)
    own = (inside(urljoin(f"http://{host}:{port}{address}", link), host, port) for link in links | read.links)
    return record, set(filter(None, own))


def inside(link: str, host: str, port: int) -> str | None:
    """The path and parameters of a link to be followed; None for others."""
    try:
        parts = urlsplit(link)
        if parts.scheme not in ("http", "webcal") or parts.hostname != host or parts.port != port:
            return None
    except ValueError:
        return None
    path = parts.path or "/"
    if f"{path}/".startswith(LEFT_OUT) or len(parse_qsl(parts.query, keep_blank_values=True)) > MAX_PARAMETERS:
        return None
    return f"{path}?{parts.query}" if parts.query else path


def is_binary(content_type: str) -> bool:
    return not content_type.startswith("text/") and not content_type.endswith(("xml", "json"))


def neutral(text: str) -> str:
    for pattern, replacement in CHANGING:
        text = pattern.sub(replacement, text)
    return text


# Reading: each reader has `text`, `markup` and `links`


class Nothing:
    text = markup = ""
    links: frozenset[str] = frozenset()

    def __init__(self, content: str): ...


class Plain(Nothing):
    """robots.txt, CSV, vCard: every character counts."""

    def __init__(self, content: str):
        self.text = content


class Calendar(Nothing):
    def __init__(self, content: str):
        self.text = re.sub(r"\r?\n[ \t]", "", content).replace("\r\n", "\n")


class Table(Nothing):
    def __init__(self, content: str):
        self.text = "\n".join(" | ".join(row) for row in csv.reader(content.splitlines()))


class Json(Nothing):
    def __init__(self, content: str):
        self.text = json.dumps(json.loads(content), ensure_ascii=False, indent=1, sort_keys=True)


class StyleSheet(Nothing):
    """White space and the last semicolon of a block mean nothing."""

    def __init__(self, content: str):
        content = SPACES.sub(" ", content)
        content = re.sub(r" ?([{};,>]) ?", r"\1", content)
        content = re.sub(r"(?<=[\w-]): ", ":", content)
        self.markup = content.replace(";}", "}").replace("}", "}\n").replace("{", "{\n").replace(";", ";\n")


class Page(HTMLParser):
    """Also for pieces of HTML, as feeds have."""

    def __init__(self, content: str):
        super().__init__(convert_charrefs=True)
        self.links = set()
        self.pieces, self.tags, self.inside, self.written = [], [], [], ""
        self.feed(content)
        self.close()
        self.end_of_text()
        lines = (SPACES.sub(" ", line).strip(" ") for line in "".join(self.pieces).split("\0"))
        self.text = "\n".join(line for line in lines if line).replace("\1", "\n").replace("\2", " ")
        self.markup = "\n".join(self.tags)

    def handle_starttag(self, tag, attributes):
        self.end_of_text()
        shown = []
        for name, value in sorted(attributes, key=lambda attribute: attribute[0]):
            if value is None:
                shown.append(f" {name}")
                continue
            if (tag == "iframe" and name == "src") or name == "href" or is_address_in_data(name, value):
                self.links.add(value)
            if name in LISTS_OF_WORDS:
                value = SPACES.sub(" ", value).strip(" ")
            shown.append(f' {name}="{value}"')
        self.tags.append(f"<{tag}{''.join(shown)}>")
        self.break_text(tag)
        if tag not in VOID:
            self.inside.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        self.end_of_text()
        if tag in VOID:
            return
        if tag in self.inside:
            while self.inside.pop() != tag:
                pass
        self.tags.append(f"</{tag}>")
        if BLOCKS.fullmatch(tag):
            self.pieces.append("\0")
        elif tag in ATOMS_WITH_TEXT:
            self.pieces.append(" ]")

    def break_text(self, tag):
        if BLOCKS.fullmatch(tag):
            self.pieces.append("\0")
        elif tag in ATOMS_WITH_TEXT:
            self.pieces.append(f"[{tag} ")
        elif tag in ATOMS and "svg" not in self.inside:
            self.pieces.append(f"[{tag}]")

    def handle_data(self, data):
        self.written += data

    def end_of_text(self):
        data, self.written = self.written, ""
        if not data:
            return
        if self.inside and self.inside[-1] in ("script", "style"):
            self.tags.append(as_data(data))
            return
        if collapsed := SPACES.sub(" ", data).strip(" "):
            self.tags.append(collapsed)
        if "pre" in self.inside or "textarea" in self.inside:
            data = data.replace("\n", "\1").replace(" ", "\2")
        self.pieces.append(data)

    def handle_comment(self, data):
        self.end_of_text()
        self.tags.append(f"<!--{SPACES.sub(' ', data)}-->")

    def handle_decl(self, declaration):
        self.end_of_text()
        self.tags.append(f"<!{declaration.lower()}>")


def is_address_in_data(name: str, value: str) -> bool:
    return name.startswith("data-") and value.startswith(("/", "http://"))


def as_data(script: str) -> str:
    try:
        return json.dumps(json.loads(script), ensure_ascii=False, indent=1)
    except ValueError:
        return SPACES.sub(" ", script).strip(" ")


class Xml(Nothing):
    """Feeds and sitemaps: an element a line; what an element holds is read as HTML, which it often is."""

    def __init__(self, content: str):
        self.links = set()
        try:
            root = ElementTree.fromstring(TIMES_IN_FEEDS.sub(r"<\1>TIME<", content))
        except ElementTree.ParseError as error:
            self.text = f"not well formed: {error}\n{content}"
            return
        texts, tags = [], []
        for element in root.iter():
            name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else "?"
            page = Page(element.text or "")
            attributes = "".join(f' {key}="{value}"' for key, value in sorted(element.attrib.items()))
            tags += [f"<{name}{attributes}>", *filter(None, [page.markup])]
            texts += filter(None, [page.text])
            if name in ("loc", "link", "guid", "id"):
                self.links.add((element.text or "").strip())
            self.links |= {value for key, value in element.attrib.items() if key == "href"}
            self.links |= page.links if name in ("encoded", "content") else set()
        self.text, self.markup = "\n".join(texts), "\n".join(tags)


READERS = {
    "text/html": Page,
    "text/css": StyleSheet,
    "text/csv": Table,
    "text/calendar": Calendar,
    "application/json": Json,
    "application/geo+json": Json,
    "application/xml": Xml,
    "text/xml": Xml,
    "application/rss+xml": Xml,
    "application/atom+xml": Xml,
    "image/svg+xml": Page,
}


# Comparing

PARTS = [
    ("status", "{} addresses with another status or target"),
    ("headers", "{} addresses with other headers"),
    ("text", "{} addresses with another text"),
    ("markup", "{} addresses with other markup"),
]


def compare(before: Path, after: Path, only: list[str] | None, most_lines: int) -> int:
    old, new = (
        {
            f"{host}{address}": record
            for host, found in json.loads(file.read_text()).items()
            for address, record in found.items()
        }
        for file in (before, after)
    )
    differs = False
    for title, lone in (("only before", old.keys() - new.keys()), ("only after", new.keys() - old.keys())):
        if lone:
            differs = True
            print(f"{len(lone)} addresses {title}:", *sorted(lone)[:30], *(["…"] if len(lone) > 30 else []), sep="\n  ")
    common = sorted(old.keys() & new.keys())
    for part, title in PARTS:
        if only and part not in only:
            continue
        groups = defaultdict(list)
        for address in common:
            was, now = lines_of(old[address], part), lines_of(new[address], part)
            if was != now:
                groups[short_diff(was, now, most_lines)].append(address)
        if groups:
            differs = True
            print(f"\n{title.format(sum(map(len, groups.values())))}, {len(groups)} differences")
        for shown, addresses in sorted(groups.items(), key=lambda group: -len(group[1])):
            others = f" and {len(addresses) - 1} others" if len(addresses) > 1 else ""
            print(f"\n  {addresses[0]}{others}\n{shown}")
    print(f"\n{len(common)} addresses compared: {'they differ' if differs else 'the same'}.")
    return int(differs)


def lines_of(record: dict, part: str) -> list[str]:
    if part == "status":
        return [f"{record['status']} {record.get('target', '')}"]
    if part == "headers":  # the directives of a policy are in another order in each process
        parts = (header.partition(": ") for header in record["headers"])
        return [f"{name}: {'; '.join(sorted(value.split('; ')))}" for name, _colon, value in parts]
    return record[part].split("\n")


def short_diff(was: list[str], now: list[str], most_lines: int) -> str:
    lines = [
        line for line in difflib.unified_diff(was, now, lineterm="", n=0) if not line.startswith(("---", "+++", "@@"))
    ]
    shown = [f"    {line[:400]}" for line in islice(lines, most_lines)]
    if len(lines) > most_lines:
        shown.append(f"    … {len(lines) - most_lines} lines more")
    return "\n".join(shown)


if __name__ == "__main__":
    main()
