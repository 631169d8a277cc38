// The form of an event: its next dates while one types, the places of before, a map to click on; the grid of a programme.

const later = (wait, act) => {
  let waiting;
  return () => {
    clearTimeout(waiting);
    waiting = setTimeout(act, wait);
  };
};
const field = (name) => document.getElementById(`id_${name}`);
const fill = (name, value) => {
  const input = field(name);
  if (!input) return;
  input.value = value;
  for (const type of ["input", "change"]) input.dispatchEvent(new Event(type, { bubbles: true }));
};
const token = () => document.querySelector("[name=csrfmiddlewaretoken]").value;

// Only the questions that matter for the chosen rhythm are shown.
const fitRecurrence = (root) => {
  const rhythm = root.querySelector("select[name$=_frequency]").value;
  for (const part of root.querySelectorAll("[data-for]")) {
    part.hidden = !part.dataset.for.split(" ").includes(rhythm);
    for (const input of part.querySelectorAll("input, select")) input.disabled = part.hidden;
  }
  for (const unit of root.querySelectorAll("[data-unit]")) unit.hidden = unit.dataset.unit !== rhythm;
};

const WHEN = /^(starts_on|starts_at|ends_on|ends_at|recurrence_|changes-|latitude|longitude|commune$)/;
const followDates = (place) => {
  const form = place.closest("form");
  let asked = 0;
  const show = later(500, async () => {
    const data = new FormData();
    for (const [name, value] of new FormData(form)) if (WHEN.test(name)) data.append(name, value);
    data.append("parent", parent(place));
    data.append("page", place.dataset.page);
    const number = (asked += 1);
    try {
      const response = await fetch(place.dataset.eventPreview, { method: "POST", body: data, headers: { "X-CSRFToken": token() } });
      if (number === asked && response.ok && !response.redirected) place.innerHTML = await response.text();
    } catch {
      // Without an answer the form works all the same: what is wrong is said when one saves.
    }
  });
  for (const type of ["input", "change"]) form.addEventListener(type, ({ target }) => WHEN.test(target.name ?? "") && show());
  form.addEventListener("click", ({ target }) => target.closest("[id^=id_changes]") && show());
  show();
};

// The page that the event stands below: of a new one, it is in the address of the form.
const parent = (place) => place.dataset.parent || (location.pathname.match(/\/(\d+)\/$/)?.[1] ?? "");

const offerPlaces = async (root) => {
  const response = await fetch(`${root.dataset.eventPlaces}?parent=${parent(root)}`);
  if (!response.ok || response.redirected) return {};
  const known = await response.json();
  const select = root.querySelector("select");
  for (const [number, { name, commune }] of known.places.entries()) {
    select.add(new Option([name, commune].filter(Boolean).join(" – "), number));
  }
  root.hidden = known.places.length === 0;
  select.addEventListener("change", () => {
    const place = known.places[select.value];
    if (!place) return;
    fill("place_name", place.name);
    for (const name of ["street", "postcode", "commune", "latitude", "longitude"]) fill(name, place[name]);
  });
  return known;
};

const load = (root) =>
  new Promise((resolve, reject) => {
    if (window.L) return resolve(window.L);
    document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: root.dataset.style }));
    const script = Object.assign(document.createElement("script"), { src: root.dataset.script });
    script.addEventListener("load", () => resolve(window.L));
    script.addEventListener("error", reject);
    document.head.append(script);
  });

const BRITTANY = [[47.2, -5.2], [48.95, -0.9]];
const showMap = async (root, { tiles, places = [] } = {}) => {
  const L = await load(root);
  const ground = root.querySelector(".event-map");
  ground.hidden = false;
  const map = L.map(ground, { scrollWheelZoom: false });
  map.attributionControl.setPrefix(false);
  if (tiles) L.tileLayer(tiles.url, { maxZoom: 19, attribution: tiles.attribution }).addTo(map);
  let point;
  const here = () => [field("latitude").value, field("longitude").value].map((text) => parseFloat(text.replace(",", ".")));
  const draw = () => {
    point?.remove();
    const at = here();
    if (at.some(Number.isNaN)) return false;
    point = L.circleMarker(at, { radius: 9 }).addTo(map);
    return at;
  };
  const at = draw();
  if (at) map.setView(at, 15);
  else {
    const around = places.filter(({ latitude }) => latitude).map(({ latitude, longitude }) => [latitude, longitude]);
    map.fitBounds(around.length > 1 ? L.latLngBounds(around).pad(0.2) : BRITTANY);
  }
  map.on("click", ({ latlng }) => {
    fill("latitude", latlng.lat.toFixed(6));
    fill("longitude", latlng.lng.toFixed(6));
  });
  for (const name of ["latitude", "longitude"]) field(name).addEventListener("change", draw);
};

const offerMap = (root, known) => {
  root.hidden = false;
  const status = root.querySelector("[role=status]");
  const say = () => {
    const at = ["latitude", "longitude"].map((name) => field(name).value).filter(Boolean);
    status.textContent = at.length === 2 ? root.dataset.set.replace("{position}", at.join(" ; ")) : root.dataset.clear;
  };
  for (const name of ["latitude", "longitude"]) field(name)?.addEventListener("change", say);
  root.querySelector("[data-show]").addEventListener("click", async ({ target }) => {
    target.hidden = true;
    await showMap(root, await known);
  });
  root.querySelector("[data-find]").addEventListener("click", async () => {
    const query = new URLSearchParams(["street", "postcode", "commune"].map((name) => [name, field(name).value]));
    const found = await (await fetch(`${root.dataset.eventMap}?${query}`)).json();
    if (found.latitude) {
      fill("latitude", found.latitude);
      fill("longitude", found.longitude);
    } else if (found.problem) status.textContent = found.problem;
  });
  say();
};

// Cells copied from a spreadsheet fill the grid from the cell on.
const fillGrid = (form) => {
  form.addEventListener("paste", (event) => {
    const cell = event.target.closest("[data-column]");
    const text = event.clipboardData.getData("text/plain");
    if (!cell || !/[\t\n]/.test(text.trimEnd())) return;
    event.preventDefault();
    const rows = [...form.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll("[data-column]")]).filter((row) => row.length);
    const top = rows.findIndex((row) => row.includes(cell));
    const left = rows[top].indexOf(cell);
    const lines = text.trimEnd().split(/\r?\n/);
    const missing = top + lines.length - rows.length;
    for (let added = 0; added < missing && rows.length < 200; added += 1) rows.push(addRow(form));
    lines.forEach((line, down) =>
      line.split("\t").forEach((value, across) => {
        const target = rows[top + down]?.[left + across];
        if (target) target.value = value.trim();
      }),
    );
  });
};
const addRow = (form) => {
  const total = form.querySelector("[name=form-TOTAL_FORMS]");
  const body = form.querySelector("tbody");
  const number = Number(total.value);
  const row = [...body.rows].find((one) => one.querySelector("[data-column]")).cloneNode(true);
  row.cells[0].textContent = number + 1;
  for (const error of row.querySelectorAll(".error-message")) error.remove();
  for (const wrong of row.querySelectorAll(".grid__wrong")) wrong.classList.remove("grid__wrong");
  for (const input of row.querySelectorAll("[data-column]")) {
    input.name = input.name.replace(/form-\d+-/, `form-${number}-`);
    input.id = `id_${input.name}`;
    input.value = "";
    input.removeAttribute("aria-describedby");
    input.removeAttribute("aria-invalid");
  }
  body.append(row);
  total.value = number + 1;
  return [...row.querySelectorAll("[data-column]")];
};

for (const root of document.querySelectorAll("[data-recurrence]")) {
  fitRecurrence(root);
  root.addEventListener("change", () => fitRecurrence(root));
}
for (const place of document.querySelectorAll("[data-event-preview]")) followDates(place);
const places = document.querySelector("[data-event-places]");
const known = places && offerPlaces(places);
for (const root of document.querySelectorAll("[data-event-map]")) offerMap(root, known);
for (const form of document.querySelectorAll("[data-grid]")) fillGrid(form);
