// Runs before the page is drawn, so that the colours do not flash: the reader's own choice if one
// was kept, else the system's.
(() => {
  const root = document.documentElement;
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const kept = () => {
    try {
      return localStorage.getItem("bilingual-care-colours");
    } catch {
      return null; // storage is switched off: the system decides
    }
  };
  const show = () => {
    root.dataset.theme = kept() || (system.matches ? "dark" : "light");
  };
  root.classList.add("has-script");
  show();
  system.addEventListener("change", show);
})();
