// The directory without leaving it: a choice changes the list, the counts and the map in place. Without this script the
// form is sent, and the page does the same.
const form = document.querySelector("[data-directory]");
const results = document.querySelector("[data-directory-results]");
const status = document.querySelector("[data-directory-status]");
const mapRoot = document.querySelector("[data-map]");
let asked;

const addressOf = () => {
  const url = new URL(form.action);
  const wanted = [...new FormData(form)].filter(([name, value]) => value && !(name === "tri" && value === "nom"));
  url.search = new URLSearchParams(wanted);
  return url;
};

const show = (page, url) => {
  const found = new DOMParser().parseFromString(page, "text/html");
  results.replaceChildren(...found.querySelector("[data-directory-results]").childNodes);
  status.textContent = found.querySelector("[data-directory-status]").textContent;
  document.title = found.title;
  const fresh = found.querySelector("[data-directory]");
  const ids = (one) => [...one.querySelectorAll("select")].map(({ id }) => id).join();
  if (fresh && ids(fresh) !== ids(form)) {
    const focused = document.activeElement.id;
    fresh.querySelector("details").open = form.querySelector("details").open;
    form.replaceChildren(...fresh.children);
    if (focused) document.getElementById(focused)?.focus();
  }
  for (const select of form.querySelectorAll("select")) {
    const updated = fresh?.querySelector(`#${CSS.escape(select.id)}`);
    if (updated) select.replaceChildren(...updated.children);
    select.value = url.searchParams.get(select.name) ?? select.options[0].value;
  }
  const summary = fresh?.querySelector("summary");
  if (summary) form.querySelector("summary").textContent = summary.textContent;
  const words = form.elements.q;
  if (document.activeElement !== words) words.value = url.searchParams.get("q") ?? "";
  const end = form.querySelector(".filters__end");
  end.querySelector("a")?.remove();
  const all = fresh?.querySelector(".filters__end a");
  if (all) end.append(all);
  mapRoot?.dispatchEvent(new CustomEvent("directory-changed"));
};

const load = async (url, isNew) => {
  asked?.abort();
  asked = new AbortController();
  results.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(url, { signal: asked.signal });
    if (!response.ok) throw new Error(response.status);
    const page = await response.text();
    if (isNew) history.pushState(null, "", url);
    show(page, url);
    results.removeAttribute("aria-busy");
  } catch (error) {
    if (error.name !== "AbortError") location.assign(url);
  }
};

form?.addEventListener("change", () => load(addressOf(), true));
form?.addEventListener("submit", (event) => {
  event.preventDefault();
  load(addressOf(), true);
});
window.addEventListener("popstate", () => load(new URL(location.href), false));

if (mapRoot) {
  mapRoot.hidden = false;
  const button = mapRoot.querySelector("button");
  const open = async () => {
    button.removeEventListener("click", open);
    const { openMap } = await import(new URL("./map.js", import.meta.url));
    if (!(await openMap(mapRoot, button))) button.addEventListener("click", open);
  };
  button.addEventListener("click", open);
}
