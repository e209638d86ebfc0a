// Quizzes: show the controls, compare the choice with what is right, say so. Nothing is stored.
for (const quiz of document.querySelectorAll("form.bc-quiz")) {
  const inputs = [...quiz.querySelectorAll("input")];
  const actions = quiz.querySelector(".bc-quiz-actions");
  const [, again] = actions.querySelectorAll("button");
  const verdict = quiz.querySelector(".bc-quiz-verdict");
  const answers = quiz.querySelector(".bc-quiz-answers");
  const feedback = answers.querySelectorAll(".bc-quiz-feedback");
  const several = inputs[0].type === "checkbox";
  const isRight = (input) => "right" in input.dataset;

  const unmark = () => {
    quiz.querySelectorAll("fieldset .bc-quiz-feedback").forEach((shown) => shown.remove());
    verdict.textContent = "";
  };
  const clear = () => {
    unmark();
    again.hidden = answers.hidden = true;
    answers.open = false;
  };
  const mark = (right, said) => {
    const made = document.createElement("span");
    made.className = "bc-quiz-mark";
    const path = right ? "M4 12.500l5.500 5.500L20 6.500" : "M6 6l12 12M18 6L6 18";
    made.innerHTML = `<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="${path}"/></svg>`;
    const word = document.createElement("strong");
    word.textContent = right ? "Right. " : "Not right. ";
    // "Right. Yes, …" says it twice; the mark is then for eyes, its word for ears.
    if (/^\s*(yes|no)\b/i.test(said)) word.className = "bc-quiz-heard";
    made.append(word);
    return made;
  };
  const show = (input) => {
    const shown = feedback[inputs.indexOf(input)].cloneNode(true);
    const right = isRight(input);
    shown.classList.add(right ? "bc-right" : "bc-wrong");
    (shown.querySelector("p") || shown).prepend(mark(right, shown.textContent));
    shown.querySelectorAll("[id]").forEach((part) => part.removeAttribute("id"));
    input.parentNode.append(shown);
    return shown.textContent;
  };
  const judge = (chosen) => {
    const right = chosen.filter(isRight).length;
    const missing = inputs.filter(isRight).length - right;
    if (right === chosen.length && missing === 0) return "That is right. ";
    if (!several) return "Not quite: read why, and try again. ";
    if (right === chosen.length) {
      return `What you chose is right. ${missing} more ${missing === 1 ? "belongs" : "belong"} to the answer. `;
    }
    if (chosen.length === 1) return "What you chose is not right: read why, and try again. ";
    return `${right} of your ${chosen.length} choices ${right === 1 ? "is" : "are"} right: read why, and try again. `;
  };

  quiz.addEventListener("submit", (event) => {
    event.preventDefault();
    unmark();
    const chosen = inputs.filter((input) => input.checked);
    if (chosen.length) {
      const said = document.createElement("span");
      said.className = "bc-quiz-heard";
      said.textContent = chosen.map(show).join(" ");
      verdict.append(judge(chosen), said);
      again.hidden = answers.hidden = false;
    } else {
      verdict.textContent = "Choose an answer first.";
    }
    verdict.scrollIntoView({ block: "nearest" });
  });
  quiz.addEventListener("reset", () => {
    clear();
    inputs[0].focus();
  });
  quiz.addEventListener("change", unmark);

  inputs.forEach((input) => (input.hidden = false));
  actions.hidden = false;
  quiz.classList.add("bc-live");
  clear();
}
