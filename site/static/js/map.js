// The map of a directory, with Leaflet: loaded when a visitor asks for it, and so is its ground.
const APART = 48; // pixels: what stands closer to a point is counted in it
const CLOSEST = 18;
const BRITTANY = [[47.2, -5.2], [48.95, -0.9]];

const element = (name, text, attributes = {}) => {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
};

const place = ([latitude, longitude]) => [latitude, longitude];

const grouped = (map, points) => {
  const groups = [];
  for (const point of points) {
    const at = map.project(place(point), map.getZoom());
    const group = groups.find(({ centre }) => centre.distanceTo(at) < APART);
    if (group) group.points.push(point);
    else groups.push({ centre: at, points: [point] });
  }
  return groups.map((group) => group.points);
};

const popupOf = (points, families) => {
  const list = element("ul", "", { class: "map-popup" });
  for (const [, , name, address, family, commune] of points) {
    const item = element("li", "");
    item.append(element("a", name, { href: address }), ` ${[families[family], commune].filter(Boolean).join(" · ")}`);
    list.append(item);
  }
  return list;
};

class DirectoryMap {
  constructor(L, root, ground) {
    this.L = L;
    this.root = root;
    const { tiles, attribution, zoomIn, zoomOut } = root.dataset;
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.map = L.map(ground, { zoomControl: false, scrollWheelZoom: false, maxZoom: CLOSEST, fadeAnimation: !calm, zoomAnimation: !calm, markerZoomAnimation: !calm });
    this.map.attributionControl.setPrefix(false);
    L.control.zoom({ zoomInTitle: zoomIn, zoomInText: "", zoomOutTitle: zoomOut, zoomOutText: "" }).addTo(this.map);
    if (tiles) L.tileLayer(tiles, { maxZoom: CLOSEST, attribution: element("span", attribution).innerHTML }).addTo(this.map);
    this.layer = L.layerGroup().addTo(this.map);
    this.map.on("zoomend", () => this.draw());
    this.map.on("popupopen", ({ popup }) => {
      popup.getElement().querySelector(".leaflet-popup-close-button")?.setAttribute("aria-label", root.dataset.close);
      popup.getElement().querySelector("a[href]:not(.leaflet-popup-close-button)")?.focus();
    });
    ground.addEventListener("keydown", ({ key }) => key === "Escape" && this.map.closePopup());
    this.map.on("popupclose", ({ popup }) => popup._source?.getElement()?.focus());
  }

  async load() {
    const response = await fetch(new URL(this.root.dataset.map, location.href).pathname + location.search);
    if (!response.ok) throw new Error(response.status);
    this.data = await response.json();
    const { points, without } = this.data;
    this.map.fitBounds(points.length ? points.map(place) : BRITTANY, { padding: [40, 40], maxZoom: 14 });
    this.draw();
    const { shown, shownOne, without: lacking } = this.root.dataset;
    const counted = (points.length > 1 ? shown : shownOne).replace("{count}", points.length);
    const said = [counted, without ? lacking.replace("{count}", without) : ""];
    this.root.querySelector("[role=status]").textContent = said.filter(Boolean).join(" · ");
  }

  draw() {
    if (!this.data) return;
    this.layer.clearLayers();
    for (const points of grouped(this.map, this.data.points)) this.layer.addLayer(this.marker(points));
  }

  marker(points) {
    const isOne = points.length === 1;
    const label = isOne ? points[0][2] : this.root.dataset.cluster.replace("{count}", points.length);
    const size = isOne ? 28 : Math.min(46, 30 + 2 * Math.sqrt(points.length));
    const icon = this.L.divIcon({ className: "map-point", html: isOne ? "" : String(points.length), iconSize: [size, size] });
    const marker = this.L.marker(place(points[0]), { icon, keyboard: true });
    marker.on("add", () => {
      marker.getElement().setAttribute("aria-label", label);
      marker.getElement().title = label;
    });
    // Those of one address, or as near as the map goes, are told apart by a list.
    const isOnePlace = points.every(([latitude, longitude]) => latitude === points[0][0] && longitude === points[0][1]);
    if (isOnePlace || this.map.getZoom() >= CLOSEST) return marker.bindPopup(popupOf(points, this.data.families), { autoPanPadding: [20, 20], minWidth: 220, maxWidth: 280 });
    const look = () => {
      const bounds = this.L.latLngBounds(points.map(place));
      this.map.fitBounds(bounds, { padding: [40, 40], maxZoom: Math.min(CLOSEST, Math.max(this.map.getZoom() + 2, this.map.getBoundsZoom(bounds))) });
      this.map.getContainer().focus();
    };
    // Leaflet hears the mouse alone, but where a popup is bound.
    return marker.on("click", look).on("keydown", ({ originalEvent }) => {
      if (!["Enter", " "].includes(originalEvent.key)) return;
      originalEvent.preventDefault();
      look();
    });
  }
}

export const openMap = async (root, button) => {
  const ground = root.querySelector("div");
  const status = root.querySelector("[role=status]");
  try {
    const style = element("link", "", { rel: "stylesheet", href: root.dataset.style });
    const isStyled = new Promise((resolve, reject) => Object.assign(style, { onload: resolve, onerror: reject }));
    document.head.append(style);
    await Promise.all([import(root.dataset.script), isStyled]);
    ground.hidden = false;
    const map = new DirectoryMap(window.L, root, ground);
    await map.load();
    root.querySelector("[data-map-host]")?.remove();
    const isShown = (shown) => {
      ground.hidden = !shown;
      button.setAttribute("aria-expanded", String(shown));
      button.textContent = shown ? root.dataset.hide : root.dataset.show;
    };
    isShown(true);
    button.addEventListener("click", () => isShown(ground.hidden));
    ground.focus({ preventScroll: true });
    ground.scrollIntoView({ block: "nearest", behavior: "instant" });
    root.addEventListener("directory-changed", () => map.load().catch(() => { status.textContent = root.dataset.failed; }));
    return true;
  } catch {
    ground.hidden = true;
    status.textContent = root.dataset.failed;
    return false;
  }
};
