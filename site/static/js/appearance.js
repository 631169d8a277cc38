// Before the first paint: the appearance that this reader chose, if ever, kept in their browser alone.
try {
  const appearance = localStorage.getItem("appearance");
  if (["light", "dark"].includes(appearance)) document.documentElement.dataset.appearance ||= appearance;
} catch {
  // Storage refused: the device's own appearance.
}
