// The address of a video: whose it is is said while one pastes, and what its provider knows fills what is still empty.

const FIELDS = { title: "id_title", author: "id_author", duration: "id_duration" };

const fill = (id, value) => {
  const field = document.getElementById(id);
  if (!field || !value || field.value.trim()) return false;
  field.value = value;
  for (const type of ["input", "change", "keyup", "blur"]) field.dispatchEvent(new Event(type, { bubbles: true }));
  return true;
};

const ask = async (field, parameters) => {
  const query = new URLSearchParams({ address: field.value, ...parameters });
  const response = await fetch(`${field.dataset.videoAddress}?${query}`);
  return response.ok && !response.redirected ? response.json() : {};
};

const look = async (field) => {
  const status = field.parentElement.querySelector("[data-video-address-status]");
  const say = (text = "", isError = false) => {
    status.textContent = text;
    status.classList.toggle("video-address--error", isError);
    field.toggleAttribute("aria-invalid", isError);
  };
  const value = field.value;
  if (!value.trim()) return say();
  const isOld = () => field.value !== value;
  try {
    const found = await ask(field, {});
    if (isOld()) return;
    if (found.error) return say(found.error, true);
    if (!found.provider) return;
    say(`${found.message} ${status.dataset.asking}`);
    const details = await ask(field, { ask: 1 });
    if (isOld()) return;
    if (details.error) return say(details.error, true);
    const filled = Object.entries(FIELDS).map(([name, id]) => fill(id, details[name])).some(Boolean);
    say(filled ? `${found.message} ${status.dataset.filled}` : details.message ?? found.message);
  } catch {
    say(); // no network: saving will say what is wrong, if anything is
  }
};

let waiting;
document.addEventListener("input", ({ target }) => {
  if (!target.dataset?.videoAddress) return;
  clearTimeout(waiting);
  waiting = setTimeout(look, 350, target);
});

// Moving a row takes its button off the page for an instant, and the focus with it: give it back, and say where it is.
const announce = (text) => {
  let place = document.getElementById("row-moved");
  if (!place) {
    place = document.createElement("div");
    place.id = "row-moved";
    place.className = "w-sr-only";
    place.setAttribute("role", "status");
    document.body.append(place);
  }
  place.textContent = text;
};

document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("[data-inline-panel-child-move-up], [data-inline-panel-child-move-down]");
  if (!button) return;
  setTimeout(() => {
    const row = button.closest("[data-inline-panel-child]");
    const arrows = row.querySelectorAll("[data-inline-panel-child-move-up], [data-inline-panel-child-move-down]");
    (button.disabled ? [...arrows].find((arrow) => !arrow.disabled) : button)?.focus();
    announce(row.querySelector("[data-inline-panel-child-count]")?.parentElement.innerText ?? "");
  }, 300); // once Wagtail's own move has ended
});
