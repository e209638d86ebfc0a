/* Filters of the evidence library. Loaded on that page alone; without it the page is a list. */
(() => {
  "use strict";
  const form = document.getElementById("evidence-filter");
  const status = document.getElementById("evidence-count");
  if (!form || !status) return;

  const cards = [...document.querySelectorAll("li.bc-card")];
  const texts = cards.map((card) => card.textContent.toLowerCase().replace(/\s+/g, " "));
  const groups = [...document.querySelectorAll("section")].filter((group) =>
    group.querySelector(":scope > ul.bc-cards"));
  const selects = [...form.querySelectorAll("select")];
  let waiting = 0;

  function matches(index, words) {
    const kept = selects.every((select) =>
      !select.value || cards[index].dataset[select.name] === select.value);
    return kept && words.every((word) => texts[index].includes(word));
  }

  function filter() {
    const words = form.elements.words.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    cards.forEach((card, index) => {
      card.hidden = !matches(index, words);
      if (!card.hidden) shown += 1;
    });
    groups.forEach((group) => {
      group.hidden = !group.querySelector("li.bc-card:not([hidden])");
    });
    status.textContent = shown === 0
      ? "No finding matches. Take away a word or a filter."
      : `${shown} of ${cards.length} findings shown.`;
  }

  /* A link to a card that is filtered away must still arrive. */
  function arrive() {
    const card = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (card && card.closest("[hidden]")) {
      form.reset();
      filter();
      card.scrollIntoView();
      /* Cards above get their true height once drawn, and push this one away. */
      requestAnimationFrame(() => card.scrollIntoView());
    }
  }

  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(filter, 200);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    filter();
  });
  form.addEventListener("reset", () => setTimeout(filter));
  window.addEventListener("hashchange", arrive);
  window.addEventListener("pageshow", filter);
  form.hidden = false;
  filter();
})();
