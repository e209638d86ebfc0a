// Sphinx reads this file into language_data.js, which the search page loads. The numbers are those
// of Sphinx 7.4; `score` adds a lift by the kind of page, larger than what a match can score.
"use strict";

// eslint-disable-next-line no-unused-vars, no-var -- searchtools.js looks for this global
var Scorer = {
  objNameMatch: 11,
  objPartialMatch: 6,
  objPrio: { 0: 15, 1: 5, 2: -5 },
  objPrioDefault: 0,
  title: 15,
  partialTitle: 7,
  term: 5,
  partialTerm: 2,
  // A result is [docname, title, anchor, description, score, filename].
  score: ([docname, , , , score]) => {
    const lifts = [
      [/^chapters\/.*\/index$/, 600],
      [/^chapters\//, 400],
      [/^book\/glossary$/, 200],
      [/^book\/(evidence-library|data-dictionary|references|tutors\/.*)$/, 0],
    ];
    const found = lifts.find(([pages]) => pages.test(docname));
    // The welcome page and how to use the book stand with the glossary.
    return score + (found ? found[1] : 200);
  },
};
