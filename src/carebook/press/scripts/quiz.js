// Quizzes: show the controls, compare the choice with what is right, say so. Nothing is stored.
for (const quiz of document.querySelectorAll("form.bc-quiz")) {
  const inputs = [...quiz.querySelectorAll("input")];
  const actions = quiz.querySelector(".bc-quiz-actions");
  const [, again] = actions.querySelectorAll("button");
  const verdict = quiz.querySelector(".bc-quiz-verdict");
  const answers = quiz.querySelector(".bc-quiz-answers");
  const feedback = answers.querySelectorAll(".bc-quiz-feedback");

  const clear = () => {
    quiz.querySelectorAll("fieldset .bc-quiz-feedback").forEach((shown) => shown.remove());
    verdict.textContent = "";
    again.hidden = answers.hidden = true;
    answers.open = false;
  };
  const show = (input) => {
    const shown = feedback[inputs.indexOf(input)].cloneNode(true);
    const word = document.createElement("strong");
    word.textContent = "right" in input.dataset ? "Right. " : "Not right. ";
    shown.classList.add("right" in input.dataset ? "bc-right" : "bc-wrong");
    (shown.querySelector("p") || shown).prepend(word);
    shown.querySelectorAll("[id]").forEach((part) => part.removeAttribute("id"));
    input.parentNode.append(shown);
    return shown.textContent;
  };

  quiz.addEventListener("submit", (event) => {
    event.preventDefault();
    clear();
    const chosen = inputs.filter((input) => input.checked);
    if (!chosen.length) {
      verdict.textContent = "Choose an answer first.";
      return;
    }
    const all = inputs.every((input) => input.checked === "right" in input.dataset);
    const said = document.createElement("span");
    said.className = "bc-quiz-heard";
    said.textContent = chosen.map(show).join(" ");
    verdict.append(all ? "That is right. " : "Not quite: read why, and try again. ", said);
    again.hidden = answers.hidden = false;
  });
  quiz.addEventListener("reset", () => {
    clear();
    inputs[0].focus();
  });
  quiz.addEventListener("change", clear);

  inputs.forEach((input) => (input.hidden = false));
  actions.hidden = false;
  quiz.classList.add("bc-live");
  clear();
}
