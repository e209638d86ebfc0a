// The book's own words about a search. Sphinx's engine finds the pages; it reads its address, its
// list and its texts from `Search`, whose parts are replaced here before it starts.
(() => {
  const status = document.getElementById("search-status");
  const find = Search.query;
  const toText = Search.htmlToText;

  const report = (count, words) => {
    if (count === 0) {
      return `Nothing found for “${words}”. Try one word, or look into the contents and the glossary.`;
    }
    return count === 1 ? `1 page mentions “${words}”.` : `${count} pages mention “${words}”.`;
  };
  Search.query = (query) => {
    const found = Search._performSearch(...Search._parseQuery(query));
    // A page can stand in the list more than once, with a section of its own.
    status.textContent = report(new Set(found.map(([page]) => page)).size, query.trim());
    find(query);
  };
  // Lists of sections, facts about the page and controls are not its text.
  Search.htmlToText = (html, anchor) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    page.querySelectorAll(".page-sections, .bc-page-strip, .bc-filter").forEach((part) => part.remove());
    return toText(page.documentElement.outerHTML, anchor);
  };
  if (new URLSearchParams(location.search).get("q")) status.textContent = "Searching…";
})();
