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

const schemeChoice = document.querySelector("[data-scheme-choice]");
if (schemeChoice) {
  const select = schemeChoice.querySelector("select");
  select.value = document.documentElement.dataset.scheme ?? "";
  schemeChoice.hidden = false;
  select.addEventListener("change", () => {
    document.documentElement.toggleAttribute("data-scheme", Boolean(select.value));
    if (select.value) document.documentElement.dataset.scheme = select.value;
    try {
      if (select.value) localStorage.setItem("scheme", select.value);
      else localStorage.removeItem("scheme");
    } catch {
      // Storage refused: the choice lasts as long as the page.
    }
  });
}

// On paper every answer is open, also where the style sheet cannot say so.
const closed = new Set();
window.addEventListener("beforeprint", () => {
  for (const item of document.querySelectorAll("main details:not([open])")) {
    item.open = true;
    closed.add(item);
  }
});
window.addEventListener("afterprint", () => {
  for (const item of closed) item.open = false;
  closed.clear();
});
