// Predictions: show the controls and repeat the choice further down. Nothing is stored.
for (const asked of document.querySelectorAll("fieldset.bc-prediction")) {
  const places = document.querySelectorAll(`[data-prediction="${asked.id}"]`);
  for (const input of asked.querySelectorAll("input")) {
    input.hidden = false;
    if (input.type === "number") input.parentNode.hidden = false;
  }
  asked.classList.add("bc-live");
  asked.addEventListener("input", (event) => {
    const input = event.target;
    const number = input.type === "number";
    const words = number
      ? input.value && `${input.value} ${input.nextElementSibling.textContent}`
      : input.labels[0].textContent;
    for (const place of places) {
      place.textContent = words ? `Your prediction was: ${words.trim()}` : "";
      place.hidden = !words;
    }
  });
}
