import "./files.js";
import "./names.js";
import "./paste.js";
import "./session.js";
import "./advice.js";
import "./events.js";
import "./video.js";
// The colour fields of a site's identity: a picker beside each, and a button that takes a colour that can be read.

const setColour = (field, colour) => {
  field.value = colour;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
};

// Whether the main colour can be read is said while one writes, by the same rule as when one saves.
let waiting;
const advise = (field) => {
  const place = document.querySelector(`[data-advice-for="${field.id}"]`);
  if (!place) return;
  clearTimeout(waiting);
  waiting = setTimeout(async () => {
    const query = new URLSearchParams({ colour: field.value, field: field.id });
    const response = await fetch(`${place.dataset.adviceUrl}?${query}`);
    if (response.ok && !response.redirected) place.innerHTML = await response.text();
  }, 400);
};

document.addEventListener("input", ({ target }) => {
  if (target.dataset?.picksFor) {
    setColour(document.getElementById(target.dataset.picksFor), target.value);
    return;
  }
  const picker = target.id && document.querySelector(`[data-picks-for="${target.id}"]`);
  if (!picker) return;
  if (/^#[0-9a-f]{6}$/i.test(target.value)) picker.value = target.value;
  advise(target);
});

document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("[data-take-colour]");
  if (!button) return;
  const field = document.getElementById(button.dataset.for);
  setColour(field, button.dataset.takeColour);
  field.focus();
});

// After a refused save Wagtail's preview waits for a change that it was already told of: tell it again.
const wakePreview = ({ target }) => {
  if (!target.form?.matches("[data-edit-form]") || !document.querySelector(".w-preview--has-errors")) return;
  document.dispatchEvent(new CustomEvent("w-unsaved:add", { detail: { type: "edits" } }));
};
document.addEventListener("input", wakePreview);
document.addEventListener("change", wakePreview);

// An import in progress: look again until it is over.
if (document.querySelector("[data-reload]")) setTimeout(() => location.reload(), 3000);
