// The players of other hosts: each starts when its button is pressed, or at once where the visitor said "always".
import { allowed, allow, forget } from "./video-choices.js";

const facades = new Map(); // root → the button, as it was before the player took its place

const framed = (root, autoplay) => {
  const address = new URL(root.dataset.player, location.href);
  if (autoplay) address.searchParams.set("autoplay", "1");
  const frame = document.createElement("iframe");
  frame.src = address;
  frame.title = root.dataset.title;
  frame.allow = "autoplay; fullscreen; picture-in-picture; encrypted-media";
  frame.setAttribute(
    "sandbox",
    "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-forms allow-presentation",
  );
  if (!autoplay) frame.loading = "lazy";
  return frame;
};

const play = (root, autoplay) => {
  const button = facades.get(root);
  if (!button.isConnected) return;
  const playing = document.createElement("div");
  playing.className = `${button.className} facade__button--playing`;
  // The same words at the same place, so that nothing below moves.
  playing.append(...[...button.childNodes].map((node) => node.cloneNode(true)));
  const box = playing.querySelector(".facade__poster");
  const frame = framed(root, autoplay);
  box.classList.remove("motif");
  box.replaceChildren(frame);
  playing.querySelector("[data-with-script]").remove();
  const link = document.createElement("a");
  link.className = "facade__action";
  link.href = root.dataset.url;
  link.rel = "noopener";
  link.textContent = root.dataset.watch;
  playing.querySelector(".facade__action").replaceWith(link);
  button.replaceWith(playing);
  if (autoplay) frame.focus({ preventScroll: true });
};

const stop = (root) => root.querySelector(".facade__button--playing")?.replaceWith(facades.get(root));

for (const root of document.querySelectorAll("[data-facade]")) {
  const link = root.querySelector("a.facade__button");
  const button = document.createElement("button");
  button.type = "button";
  button.className = link.className;
  button.append(...link.childNodes);
  button.querySelector("[data-without-script]").remove();
  button.querySelector("[data-with-script]").hidden = false;
  root.dataset.url = link.href;
  link.replaceWith(button);
  facades.set(root, button);
  button.addEventListener("click", () => play(root, true));

  const choice = root.querySelector(".facade__choice");
  const box = choice.querySelector("input");
  const status = choice.querySelector("[role=status]");
  const { provider, providerName, kept, asked } = root.dataset;
  choice.hidden = false;
  box.checked = allowed().has(provider);
  box.addEventListener("change", () => {
    status.textContent = box.checked ? kept : asked;
    if (box.checked) allow(provider, providerName);
    else forget(provider);
  });
  if (box.checked) play(root, false);
}

// Here, at the foot of the page, or in another tab: who changes their mind is called for no more.
document.addEventListener("video-choices", ({ detail }) => {
  for (const root of facades.keys()) {
    const isAllowed = allowed().has(root.dataset.provider);
    root.querySelector(".facade__choice input").checked = isAllowed;
    if (isAllowed || detail?.forgotten !== root.dataset.provider) continue;
    root.querySelector("[role=status]").textContent = root.dataset.asked;
    stop(root);
  }
});
