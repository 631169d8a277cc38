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

const keep = (choices) => {
  try {
    if (choices.size) localStorage.setItem(KEY, JSON.stringify([...choices]));
    else localStorage.removeItem(KEY);
  } catch {
    // Storage refused: asked again at the next page.
  }
  show();
  document.dispatchEvent(new CustomEvent("video-choices"));
};

export const allow = (provider, name) => keep(allowed().set(provider, name));

export const forget = (provider) => {
  const choices = allowed();
  choices.delete(provider);
  keep(choices);
};

export const show = () => {
  const place = document.querySelector("[data-video-choices]");
  if (!place) return;
  const choices = allowed();
  const hadFocus = document.activeElement?.matches("[data-forget-provider]");
  place.querySelector(".video-choices")?.remove();
  if (!choices.size) {
    if (hadFocus) place.querySelector("select")?.focus();
    return;
  }
  const list = document.createElement("div");
  list.className = "video-choices";
  list.append(place.dataset.videoChoices);
  for (const [provider, name] of choices) {
    const line = document.createElement("div");
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.forgetProvider = provider;
    button.textContent = place.dataset.forget;
    button.setAttribute("aria-label", `${name} : ${place.dataset.forget}`);
    button.addEventListener("click", () => forget(provider));
    line.append(`${name} – `, button);
    list.append(line);
  }
  place.append(list);
  if (hadFocus) list.querySelector("button").focus();
};
