// A text pasted from elsewhere becomes blocks: its headings, tables, quotes and pictures stay what they were.

const STRUCTURE = /<(h[1-6]|table|blockquote|img)\b|\bMso(Title|Heading|ListParagraph|ListBullet|ListNumber)/i;

// The stream that the field stands in, and which of its blocks holds it; a stream may stand in a block of another.
const placeOf = (block, field) => {
  if (!block) return null;
  const children = block.children ?? Object.values(block.childBlocks ?? {});
  for (const [index, child] of children.entries()) {
    const inner = child.block ?? child;
    const element = child.element ?? inner.element;
    if (!(element ?? inner.container?.[0])?.contains(field)) continue;
    if (child.type === "paragraph" && block.blockDef.childBlockDefsByName?.heading) return { stream: block, index };
    return placeOf(inner, field);
  }
  return null;
};

const rootOf = (field) => {
  for (let element = field; element; element = element.parentElement) if (element.rootBlock) return element.rootBlock;
  return null;
};

const shifted = (ranges, from, to) =>
  ranges
    .map((range) => {
      const start = Math.max(range.offset, from);
      return { ...range, offset: start - from, length: Math.min(range.offset + range.length, to) - start };
    })
    .filter(({ length }) => length > 0);

const part = (line, from, to) => ({
  ...line,
  text: line.text.slice(from, to),
  inlineStyleRanges: shifted(line.inlineStyleRanges, from, to),
  entityRanges: shifted(line.entityRanges, from, to),
});

// What stands before the cursor and after it, of a text as Draft.js keeps it; what was chosen is replaced.
const cut = (state) => {
  const content = window.DraftJS.convertToRaw(state.getCurrentContent());
  const selection = state.getSelection();
  const lineOf = (wanted) => content.blocks.findIndex(({ key }) => key === wanted);
  const [first, last] = [lineOf(selection.getStartKey()), lineOf(selection.getEndKey())];
  const [begin, end] = [content.blocks[first], content.blocks[last]];
  return [
    [...content.blocks.slice(0, first), part(begin, 0, selection.getStartOffset())],
    [part(end, selection.getEndOffset(), end.text.length), ...content.blocks.slice(last + 1)],
  ].map((blocks) => ({ ...content, blocks }));
};

const isEmpty = (content) => !content.blocks.some(({ text, entityRanges }) => text.trim() || entityRanges.length);

const say = (stream, { said, undo }, before) => {
  document.querySelector(".pasted")?.remove();
  const place = document.createElement("div");
  place.className = "pasted";
  place.setAttribute("role", "status");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button-small button-secondary";
  button.textContent = undo;
  button.addEventListener("click", () => {
    stream.setState(before);
    place.remove();
  });
  place.append(said, " ", button);
  stream.container[0].before(place);
  place.scrollIntoView({ block: "nearest" });
};

const insert = (stream, index, answer, [head, tail]) => {
  const before = stream.getState();
  const { id } = before[index];
  const added = [
    ...(isEmpty(head) ? [] : [{ type: "paragraph", id, value: JSON.stringify(head) }]),
    ...answer.blocks,
    ...(isEmpty(tail) ? [] : [{ type: "paragraph", value: JSON.stringify(tail) }]),
  ];
  stream.setState([...before.slice(0, index), ...added, ...before.slice(index + 1)]);
  const last = index + added.length - (isEmpty(tail) ? 1 : 2);
  stream.children[last]?.focus({ soft: true });
  say(stream, answer, before);
};

const read = async (html) => {
  const config = JSON.parse(document.getElementById("wagtail-config").textContent);
  const response = await fetch(new URL("../coller/", new URL(config.ADMIN_URLS.PAGES, location)), {
    method: "POST",
    headers: { [config.CSRF_HEADER_NAME]: config.CSRF_TOKEN },
    body: new URLSearchParams({ html }),
  });
  return response.json();
};

document.addEventListener(
  "paste",
  async (event) => {
    const field = event.target.closest?.(".public-DraftEditor-content");
    const html = event.clipboardData?.getData("text/html") ?? "";
    if (!field || !STRUCTURE.test(html)) return;
    const place = placeOf(rootOf(field), field);
    if (!place) return;
    event.preventDefault();
    event.stopPropagation();
    const plain = event.clipboardData.getData("text/plain"); // gone once this event is over
    const parts = cut(place.stream.getState()[place.index].value);
    try {
      insert(place.stream, place.index, await read(html), parts);
    } catch {
      // Nobody answers, or the session is over: the words at least are there.
      document.execCommand("insertText", false, plain);
    }
  },
  true,
);
