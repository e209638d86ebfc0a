// The two controls of the header: colours, and the list of contents on a small screen.
(() => {
  const root = document.documentElement;
  const colours = document.querySelector("[data-colours]");
  const contents = document.querySelector("[data-contents]");

  const tell = () => colours.setAttribute("aria-pressed", String(root.dataset.theme === "dark"));
  colours.hidden = false;
  tell();
  new MutationObserver(tell).observe(root, { attributes: true, attributeFilter: ["data-theme"] });
  colours.addEventListener("click", () => {
    const chosen = root.dataset.theme === "dark" ? "light" : "dark";
    root.dataset.theme = chosen;
    try {
      // Only here, because the reader asked for it, is anything kept.
      localStorage.setItem("bilingual-care-colours", chosen);
    } catch {
      // Without storage the choice lasts for this page.
    }
  });

  const open = (state) => {
    contents.setAttribute("aria-expanded", String(state));
    document.getElementById("contents").classList.toggle("is-open", state);
  };
  contents.hidden = false;
  contents.addEventListener("click", () => open(contents.getAttribute("aria-expanded") !== "true"));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && contents.getAttribute("aria-expanded") === "true") {
      open(false);
      contents.focus();
    }
  });
})();
