// The colour fields of a site's identity: a picker beside each, and a button that takes a colour that can be read.

const setColour = (field, colour) => {
  field.value = colour;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
};

document.addEventListener("input", ({ target }) => {
  if (target.dataset?.picksFor) {
    setColour(document.getElementById(target.dataset.picksFor), target.value);
    return;
  }
  const picker = target.id && document.querySelector(`[data-picks-for="${target.id}"]`);
  if (picker && /^#[0-9a-f]{6}$/i.test(target.value)) picker.value = target.value;
});

document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("[data-take-colour]");
  if (!button) return;
  const field = document.getElementById(button.dataset.for);
  setColour(field, button.dataset.takeColour);
  field.focus();
});
