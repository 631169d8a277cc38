// A session that ends while somebody types: the form keeps its text until they have signed in again, in another tab.

const EVERY = 60_000;
const notice = document.querySelector("[data-session]");

// The token that forms need while the session lasts, "" when it is over; undefined when nothing answers.
const askToken = async () => {
  try {
    const response = await fetch(notice.dataset.session, { redirect: "manual", cache: "no-store" });
    if (response.type === "opaqueredirect" || response.status === 401) return "";
    return response.ok ? (await response.json()).token : undefined;
  } catch {
    return undefined;
  }
};

// Signing in again changes the token: forms that were open before it take the new one.
const renew = (token) => {
  for (const field of document.querySelectorAll('[name="csrfmiddlewaretoken"]')) field.value = token;
};

const tell = (state) => {
  notice.hidden = !state;
  for (const part of notice.querySelectorAll("[data-when]")) part.hidden = part.dataset.when !== state;
};

const look = async () => {
  const wasOver = notice.dataset.state === "over";
  const token = await askToken();
  if (token === undefined) return;
  if (token === "") {
    notice.dataset.state = "over";
    tell("over");
    return;
  }
  renew(token); // one may have signed in again in another tab before this one noticed
  if (wasOver) {
    notice.dataset.state = "back";
    tell("back");
    setTimeout(() => notice.dataset.state === "back" && tell(""), 20_000);
  }
};

if (notice && document.querySelector('form[method="post" i] [name="csrfmiddlewaretoken"]')) {
  setInterval(() => document.hidden || look(), EVERY);
  document.addEventListener("visibilitychange", () => document.hidden || look());
  window.addEventListener("focus", look);
  // The click, which Enter in a field makes too: at the submit the button would already say that it saves.
  document.addEventListener(
    "click",
    (event) => {
      const button = event.target.closest('button:not([type="button"]), input[type="submit"]');
      if (notice.dataset.state !== "over" || button?.form?.method !== "post") return;
      event.preventDefault();
      event.stopImmediatePropagation();
      notice.querySelector("a").focus();
    },
    true,
  );
}
