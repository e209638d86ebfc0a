// The header's controls, colours and the contents on a small screen, code that scrolls, printing.
(() => {
  const root = document.documentElement;
  const colours = document.querySelector("[data-colours]");
  const contents = document.querySelector("[data-contents]");
  const list = document.getElementById("contents");

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
    list.classList.toggle("is-open", state);
  };
  contents.hidden = false;
  contents.addEventListener("click", () => open(contents.getAttribute("aria-expanded") !== "true"));
  // Contents longer than the screen show where the reader is.
  const current = list.querySelector("[aria-current]");
  if (current && list.scrollHeight > list.clientHeight) {
    list.scrollTop = current.offsetTop - list.offsetTop - list.clientHeight / 3;
  }

  // What scrolls sideways inside the page must be reached by keyboard, and only what scrolls.
  const nameOf = (block) => {
    if (block.closest(".cell_output")) return "Output";
    const python = ".cell_input, .highlight-python, .highlight-ipython3, .highlight-ipython";
    return block.closest(python) ? "Python code" : "Code";
  };
  const reach = () => {
    for (const block of document.querySelectorAll(".page pre")) {
      if (block.scrollWidth > block.clientWidth) {
        block.tabIndex = 0;
        block.setAttribute("role", "group");
        block.setAttribute("aria-label", nameOf(block));
      } else if (block.getAttribute("role") === "group") {
        ["tabindex", "role", "aria-label"].forEach((name) => block.removeAttribute(name));
      }
    }
  };
  // A wide drawing keeps its size on a small screen, named by its caption.
  const reachFigure = (figure) => {
    const caption = figure.querySelector("figcaption");
    if (figure.scrollWidth > figure.clientWidth && caption) {
      caption.id ||= `${figure.id || "figure"}-caption`;
      figure.tabIndex = 0;
      figure.setAttribute("aria-labelledby", caption.id);
    } else {
      figure.removeAttribute("tabindex");
    }
  };
  for (const picture of document.querySelectorAll(".page figure img")) {
    const figure = picture.closest("figure");
    const size = () => {
      figure.classList.toggle("is-wide", picture.naturalWidth >= 544);
      reachFigure(figure);
    };
    if (picture.complete) size();
    else picture.addEventListener("load", size);
    window.addEventListener("resize", () => reachFigure(figure));
  }
  reach();
  window.addEventListener("resize", reach);
  document.addEventListener("toggle", reach, true);

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && contents.getAttribute("aria-expanded") === "true") {
      open(false);
      contents.focus();
    }
  });

  // Paper cannot be unfolded.
  let unfolded = [];
  window.addEventListener("beforeprint", () => {
    unfolded = [...document.querySelectorAll("details.bc-fold:not([open])")];
    unfolded.forEach((fold) => (fold.open = true));
  });
  window.addEventListener("afterprint", () => unfolded.forEach((fold) => (fold.open = false)));
})();
