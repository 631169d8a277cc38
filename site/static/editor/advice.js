// What the text might still say better, under the form of a page: asked when it opens, and each time it is saved.

const form = document.querySelector("[data-edit-form]");
const place = document.createElement("section");
let turns = 0;

const ask = async () => {
  if (!/\/pages\/\d+\/edit\/$/.test(form.action)) return; // a page that was never saved
  const turn = ++turns;
  const response = await fetch(new URL("../conseils/", form.action), { redirect: "manual" }).catch(() => null);
  if (!response?.ok || turn !== turns) return;
  const text = await response.text();
  const closed = place.querySelector("details:not([open])");
  const focused = place.contains(document.activeElement) && document.activeElement;
  place.innerHTML = text;
  if (closed) place.querySelector("details").open = false;
  if (!focused) return;
  const path = focused.dataset.advicePath;
  const same = path && place.querySelector(`[data-advice-path="${CSS.escape(path)}"]`);
  (same || place.querySelector("summary")).focus();
};

// To the field or the block that it is about, in whichever tab it is.
const goTo = (path) => {
  const field = document.querySelector(`[data-contentpath="${CSS.escape(path)}"]`);
  if (!field) return;
  const tab = field.closest('[role="tabpanel"][hidden]');
  if (tab) document.querySelector(`[role="tab"][aria-controls="${tab.id}"]`)?.click();
  field.scrollIntoView({ block: "center" });
  field.querySelector('input:not([type="hidden"]), textarea, select, [contenteditable="true"], button')?.focus({ preventScroll: true });
};

if (form && /\/pages\//.test(form.action)) {
  place.className = "advice-place";
  form.querySelector("footer")?.before(place);
  place.addEventListener("click", ({ target }) => {
    const { advicePath } = target.closest("[data-advice-path]")?.dataset ?? {};
    if (advicePath) goTo(advicePath);
  });
  document.addEventListener("w-autosave:success", ask);
  ask();
}
