// A window whose form comes back with an error has lost its file: the one that was chosen is put back.

const FORM = "[data-chooser-modal-creation-form]";
const chosen = new Map();

document.addEventListener("change", ({ target }) => {
  if (target.matches(`${FORM} input[type="file"]`)) chosen.set(target.name, target.files);
});

const putBack = () => {
  if (!chosen.size) return; // it is asked at each change of the page
  for (const input of document.querySelectorAll(`${FORM} input[type="file"]`)) {
    const isRefused = Boolean(input.closest(".w-field")?.matches(".w-field--error"));
    const cameBack = Boolean(input.form.querySelector(".w-field--error, .error-message"));
    if (cameBack && !isRefused && !input.files.length && chosen.get(input.name)) input.files = chosen.get(input.name);
  }
};
new MutationObserver(putBack).observe(document.body, { childList: true, subtree: true });
