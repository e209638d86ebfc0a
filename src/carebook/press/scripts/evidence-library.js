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
  const controls = [form.elements.words, ...selects];
  let waiting = 0;

  function matches(index, words) {
    const kept = selects.every((select) =>
      !select.value || cards[index].dataset[select.name] === select.value);
    return kept && words.every((word) => texts[index].includes(word));
  }

  /* The address tells the filter, so that it can be sent to somebody and Back brings it again. */
  function write() {
    const address = new URL(location.href);
    for (const { name, value } of controls) {
      if (value.trim()) address.searchParams.set(name, value.trim());
      else address.searchParams.delete(name);
    }
    if (address.href !== location.href) history.replaceState(history.state, "", address);
  }

  function read() {
    const asked = new URLSearchParams(location.search);
    for (const control of controls) {
      control.value = asked.get(control.name) ?? "";
      if (control.selectedIndex === -1) control.value = "";
    }
  }

  function filter(first = "") {
    const words = form.elements.words.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    cards.forEach((card, index) => {
      card.hidden = !matches(index, words);
      if (!card.hidden) shown += 1;
    });
    groups.forEach((group) => {
      group.hidden = !group.querySelector("li.bc-card:not([hidden])");
    });
    status.textContent = first + (shown === 0
      ? "No finding matches. Take away a word or a filter."
      : `${shown} of ${cards.length} findings shown.`);
    write();
  }

  /* A link to a card or topic that is filtered away must still arrive. */
  function arrive() {
    const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (place?.closest("[hidden]")) {
      controls.forEach((control) => (control.value = ""));
      filter("The filter was taken away, because the link leads to what it hid. ");
      place.scrollIntoView();
      /* Cards above get their true height once drawn, and push this one away. */
      requestAnimationFrame(() => place.scrollIntoView());
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
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) filter();
  });
  form.elements.words.closest("label").after(status);
  form.hidden = false;
  read();
  filter();
  arrive();
})();
