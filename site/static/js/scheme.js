// Before the first paint: the appearance that this reader chose, if ever, kept in their browser alone.
try {
  const scheme = localStorage.getItem("scheme");
  if (["light", "dark"].includes(scheme)) document.documentElement.dataset.scheme ||= scheme;
} catch {
  // Storage refused: the device's own appearance.
}
