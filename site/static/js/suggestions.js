// Titles below the search field while one types: the combobox pattern of the ARIA Authoring Practices Guide. Without
// this script the form is sent, and the search page answers.
const WAIT = 180;
const LEAST = 2;
const known = new Map();

const fetchSuggestions = async (address, words) => {
  const url = new URL(address, location.href);
  url.searchParams.set("q", words);
  if (!known.has(url.href)) {
    const response = await fetch(url);
    if (!response.ok) return [];
    known.set(url.href, (await response.json()).suggestions);
  }
  return known.get(url.href);
};

const enhance = (field) => {
  const list = document.createElement("ul");
  const status = document.createElement("p");
  let chosen = -1;
  let timer;
  list.id = `${field.id}-suggestions`;
  list.className = "suggestions";
  list.role = "listbox";
  list.hidden = true;
  list.ariaLabel = field.dataset.suggestionsLabel;
  status.className = "visually-hidden";
  status.role = "status";
  field.after(list, status);
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "false");
  field.autocomplete = "off";

  const choose = (index) => {
    chosen = index;
    [...list.children].forEach((option, place) => option.setAttribute("aria-selected", String(place === index)));
    const option = list.children[index];
    if (option) {
      field.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else field.removeAttribute("aria-activedescendant");
  };
  const close = () => {
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    choose(-1);
  };
  const show = (suggestions) => {
    list.replaceChildren(
      ...suggestions.map(({ title, kind, url }, index) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${index}`;
        option.role = "option";
        option.dataset.url = url;
        const name = document.createElement("span");
        name.textContent = title;
        const what = document.createElement("span");
        what.className = "meta";
        what.textContent = kind;
        option.append(name, " ", what);
        return option;
      }),
    );
    list.hidden = !suggestions.length;
    field.setAttribute("aria-expanded", String(!list.hidden));
    status.textContent = suggestions.length ? field.dataset.suggestionsCount.replace("{}", suggestions.length) : "";
    choose(-1);
  };

  field.addEventListener("input", () => {
    clearTimeout(timer);
    const words = field.value.trim();
    if (words.length < LEAST) return close();
    timer = setTimeout(async () => {
      const suggestions = await fetchSuggestions(field.dataset.suggestions, words).catch(() => []);
      if (field.value.trim() === words && document.activeElement === field) show(suggestions);
    }, WAIT);
  });
  field.addEventListener("keydown", (event) => {
    const count = list.children.length;
    if (list.hidden || !count) return;
    if (event.key === "ArrowDown") choose(chosen + 1 < count ? chosen + 1 : -1);
    else if (event.key === "ArrowUp") choose(chosen < 0 ? count - 1 : chosen - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && chosen >= 0) location.assign(list.children[chosen].dataset.url);
    else return;
    event.preventDefault();
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.url);
  });
  field.addEventListener("blur", close);
};

export const suggest = () => document.querySelectorAll("[data-suggestions]").forEach(enhance);
