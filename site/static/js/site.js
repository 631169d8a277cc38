// Small comforts; every page works without them.
import { suggest } from "./suggestions.js";
import { show as showVideoChoices } from "./video-choices.js";

suggest();
showVideoChoices();
window.addEventListener("storage", ({ key }) => {
  if (key !== "videos") return;
  showVideoChoices();
  document.dispatchEvent(new CustomEvent("video-choices"));
});

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
  event.preventDefault();
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
const isLong = menu?.classList.contains("menu--long");
if (menu && !isLong && !CSS.supports("selector(::details-content)")) {
  isWide.addEventListener("change", fitMenu);
  if (isWide.matches) fitMenu();
}
menu?.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !menu.open || (isWide.matches && !isLong)) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

const root = document.documentElement;
const appearanceChoice = document.querySelector("[data-appearance-choice]");
if (appearanceChoice) {
  const select = appearanceChoice.querySelector("select");
  const show = (appearance) => {
    root.removeAttribute("data-appearance");
    if (appearance) root.dataset.appearance = appearance;
    select.value = appearance;
  };
  // Another tab, or the page one comes back to, may have been left in another appearance.
  const showChosen = () => {
    try {
      show(localStorage.getItem("appearance") ?? "");
    } catch {
      show(root.dataset.appearance ?? "");
    }
  };
  if (!root.dataset.preview) showChosen();
  appearanceChoice.hidden = false;
  window.addEventListener("pageshow", ({ persisted }) => persisted && showChosen());
  window.addEventListener("storage", ({ key }) => key === "appearance" && showChosen());
  select.addEventListener("change", () => {
    show(select.value);
    try {
      if (select.value) localStorage.setItem("appearance", select.value);
      else localStorage.removeItem("appearance");
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
