// The header's controls, colours and the contents on a small screen, and code that scrolls.
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
  // What scrolls sideways inside the page must be reached by keyboard.
  const reach = () => {
    for (const [index, block] of document.querySelectorAll(".page pre").entries()) {
      if (block.scrollWidth > block.clientWidth) {
        block.tabIndex = 0;
        block.setAttribute("role", "region");
        block.setAttribute("aria-label", `Code or output ${index + 1}, scrolls sideways`);
      }
    }
  };
  reach();
  window.addEventListener("resize", reach);
  document.addEventListener("toggle", reach, true);

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && contents.getAttribute("aria-expanded") === "true") {
      open(false);
      contents.focus();
    }
  });
})();
