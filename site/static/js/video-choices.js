// Which providers' videos this visitor plays without being asked: kept in their browser alone, shown at the foot of
// every page of the site, where they change their mind.

const KEY = "videos";

export const allowed = () => {
  try {
    return new Map(JSON.parse(localStorage.getItem(KEY) ?? "[]"));
  } catch {
    return new Map(); // storage refused, or written by something else
  }
};

const keep = (choices, forgotten) => {
  try {
    if (choices.size) localStorage.setItem(KEY, JSON.stringify([...choices]));
    else localStorage.removeItem(KEY);
  } catch {
    // Storage refused: asked again at the next page.
  }
  show();
  document.dispatchEvent(new CustomEvent("video-choices", { detail: { forgotten } }));
};

export const allow = (provider, name) => keep(allowed().set(provider, name));

export const forget = (provider) => {
  const choices = allowed();
  choices.delete(provider);
  keep(choices, provider);
};

export const show = () => {
  const place = document.querySelector("[data-video-choices]");
  if (!place) return;
  const choices = allowed();
  const hadFocus = document.activeElement?.matches("[data-forget-provider]");
  document.querySelector(".video-choices")?.remove();
  if (!choices.size) {
    if (hadFocus) place.querySelector("select")?.focus();
    return;
  }
  const section = document.createElement("section");
  section.className = "video-choices";
  section.id = "video-choices";
  section.setAttribute("aria-label", place.dataset.videoChoices);
  const list = document.createElement("ul");
  for (const [provider, name] of choices) {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.forgetProvider = provider;
    button.textContent = place.dataset.forget.replace("…", name);
    button.addEventListener("click", () => forget(provider));
    const item = document.createElement("li");
    item.append(button);
    list.append(item);
  }
  section.append(place.dataset.videoChoices, list);
  place.after(section);
  if (hadFocus) list.querySelector("button").focus();
};
