// Sets the chosen colours before the first paint, so that the page never flashes.
// A classic script on purpose: modules run too late for that.
(() => {
  try {
    const chosen = localStorage.getItem("rehearsal.theme");
    if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
  } catch {
    // Storage may be forbidden; the system's preference stands.
  }
})();
