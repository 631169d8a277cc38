// The players of other hosts: each starts when its button is pressed, or at once where the visitor said "always".
import { allowed, allow, forget } from "./video-choices.js";

const framed = (root, autoplay) => {
  const address = new URL(root.dataset.player, location.href);
  if (autoplay) address.searchParams.set("autoplay", "1");
  const frame = document.createElement("iframe");
  frame.src = address;
  frame.title = root.dataset.title;
  frame.allow = "autoplay; fullscreen; picture-in-picture; encrypted-media";
  frame.allowFullscreen = true;
  frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-popups allow-forms allow-presentation");
  if (!autoplay) frame.loading = "lazy";
  return frame;
};

const play = (root, autoplay) => {
  const button = root.querySelector(".facade__button");
  if (!button) return;
  const frame = framed(root, autoplay);
  const box = button.querySelector(".facade__poster");
  box.classList.remove("motif");
  box.replaceChildren(frame);
  // The words stay where they were, so that nothing below moves.
  const rest = document.createElement("div");
  rest.className = button.className;
  rest.classList.add("facade__button--playing");
  rest.append(...button.childNodes);
  rest.querySelector("[data-with-script]")?.remove();
  rest.querySelector(".facade__action")?.replaceChildren(root.dataset.providerName);
  button.replaceWith(rest);
  if (autoplay) frame.focus({ preventScroll: true });
};

for (const root of document.querySelectorAll("[data-facade]")) {
  const link = root.querySelector("a.facade__button");
  const button = document.createElement("button");
  button.type = "button";
  button.className = link.className;
  button.append(...link.childNodes);
  button.querySelector("[data-without-script]").remove();
  button.querySelector("[data-with-script]").hidden = false;
  link.replaceWith(button);
  button.addEventListener("click", () => play(root, true));

  const choice = root.querySelector(".facade__choice");
  const box = choice.querySelector("input");
  const { provider, providerName } = root.dataset;
  choice.hidden = false;
  box.checked = allowed().has(provider);
  box.addEventListener("change", () => (box.checked ? allow(provider, providerName) : forget(provider)));
  if (box.checked) play(root, false);
}

document.addEventListener("video-choices", () => {
  for (const root of document.querySelectorAll("[data-facade]")) {
    root.querySelector(".facade__choice input").checked = allowed().has(root.dataset.provider);
  }
});
