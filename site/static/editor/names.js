// The box of a rich text says what it is for: Wagtail names it by its place in the form, for those who see it alone.

const BOX = '.public-DraftEditor-content[role="textbox"]:not([aria-label])';

const name = () => {
  for (const box of document.querySelectorAll(BOX)) {
    const label = box.closest(".w-field__wrapper")?.querySelector("label")?.textContent;
    const heading = box.closest("[data-panel]")?.querySelector("[data-panel-heading-text]")?.textContent;
    const words = (label || heading || "").replace("*", "").trim();
    if (words) box.setAttribute("aria-label", words);
  }
};
if (document.querySelector("[data-edit-form]")) new MutationObserver(name).observe(document.body, { childList: true, subtree: true });
