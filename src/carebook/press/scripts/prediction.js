// Predictions: show the controls, note the choice, repeat it further down. The choice is kept with
// this entry of the browser's history, so that Back restores it; nothing is stored beyond that.
for (const asked of document.querySelectorAll("fieldset.bc-prediction")) {
  const places = [...document.querySelectorAll(`[data-prediction="${asked.id}"]`)];
  const inputs = [...asked.querySelectorAll("input")];
  const noted = document.createElement("output");

  const chosen = () => {
    const input = inputs.find((one) => (one.type === "number" ? one.value : one.checked));
    if (!input) return "";
    return input.type === "number"
      ? `${input.value} ${input.nextElementSibling.textContent}`
      : input.labels[0].textContent;
  };
  const invite = () => {
    const link = document.createElement("a");
    link.href = `#${asked.id}`;
    link.textContent = "choose now";
    return ["You have not predicted yet: ", link, ", before you read on."];
  };
  const tell = () => {
    const words = chosen().trim();
    noted.textContent = words && places.length ? "Noted. The chapter comes back to it." : "";
    for (const place of places) {
      place.replaceChildren(...(words ? [`Your prediction was: ${words}`] : invite()));
      place.hidden = false;
      // The invitation holds the link itself.
      const link = place.previousElementSibling;
      if (link?.querySelector(`a[href="#${asked.id}"]`)) link.hidden = !words;
    }
  };
  const keep = () => {
    const values = inputs.map((input) => (input.type === "number" ? input.value : input.checked));
    const predictions = { ...history.state?.predictions, [asked.id]: values };
    history.replaceState({ ...history.state, predictions }, "");
  };
  const restore = () => {
    const values = history.state?.predictions?.[asked.id] ?? [];
    inputs.forEach((input, index) => {
      if (index >= values.length) return;
      if (input.type === "number") input.value = values[index];
      else input.checked = values[index];
    });
  };

  for (const input of inputs) {
    input.hidden = false;
    if (input.type === "number") input.parentNode.hidden = false;
  }
  asked.classList.add("bc-live");
  asked.append(noted);
  restore();
  tell();
  asked.addEventListener("input", () => {
    tell();
    keep();
  });
  // A link within the page starts a new entry of the history.
  window.addEventListener("hashchange", keep);
  window.addEventListener("pageshow", tell);
}
