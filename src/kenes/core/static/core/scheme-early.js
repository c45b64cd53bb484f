// Before first paint: the reader's own choice of scheme, so that nothing flashes. Loaded without `defer`.
(() => {
  try {
    const scheme = localStorage.getItem("kenes-scheme");
    if (scheme === "light" || scheme === "dark") document.documentElement.dataset.scheme = scheme;
  } catch {
    // Storage is closed to us: the device's scheme holds.
  }
})();
