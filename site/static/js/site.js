// Small comforts; every page works without them.

const copied = async (link) => {
  const status = link.closest("section")?.querySelector("[data-share-status]");
  await navigator.clipboard.writeText(link.href);
  if (status) status.textContent = link.dataset.copied ?? "";
  link.classList.add("is-copied");
  setTimeout(() => link.classList.remove("is-copied"), 2000);
};

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-copy-link]");
  if (!link || !navigator.clipboard) return;
  if (!link.getAttribute("href").startsWith("#")) event.preventDefault();
  copied(link);
});

for (const item of document.querySelectorAll("[data-share]")) {
  const button = item.querySelector("button");
  item.hidden = !navigator.share;
  button.addEventListener("click", () =>
    navigator.share({ title: button.dataset.shareTitle, url: button.dataset.shareUrl }).catch(() => {}),
  );
}

for (const item of document.querySelectorAll("[data-print]")) {
  item.hidden = false;
  item.querySelector("button").addEventListener("click", () => window.print());
}

const menu = document.querySelector("[data-menu]");
const isWide = window.matchMedia("(min-width: 60rem)");
const fitMenu = () => {
  menu.open = isWide.matches;
  menu.toggleAttribute("data-always-open", isWide.matches);
};
if (menu && !CSS.supports("selector(::details-content)")) {
  isWide.addEventListener("change", fitMenu);
  if (isWide.matches) fitMenu();
}
menu?.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !menu.open || isWide.matches) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
