"""A new chapter is whole, passes as it is, and says of each sentence that it is to be written."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from carebook.cli import main
from carebook.press.editing import editor_errors, editor_remarks
from carebook.press.exercises import build_exercise
from carebook.press.exercises.answers import answers_of, found_in, leaks
from carebook.press.exercises.build import read_exercise
from carebook.press.exercises.marking_guide import read_guide
from carebook.press.exercises.proof import blank_hand_in, run_all, score
from carebook.press.exercises.samples import check_comments, hand_in, read_samples
from carebook.press.exercises.versions import Versions, make_versions
from carebook.press.new_chapter import ChapterRefused, new_chapter
from carebook.press.new_chapter.contents import with_chapter
from carebook.press.new_chapter.skeleton import NAME, PAGES, skeleton
from carebook.press.unwritten import MARK, unwritten_remarks

TODAY = date(2026, 11, 23)
SLUG, TITLE = "safe-handover", "Safe handover: who tells whom?"
EXERCISE = Path("exercises") / SLUG
CONTENTS = """\
# The order of pages.
format: jb-book
root: book/welcome
parts:
  - caption: "Two languages"   # the first part
    chapters:
      - file: chapters/paradox/index
        sections:
          - file: chapters/paradox/case

  - caption: The people who care
    chapters:
      - file: chapters/workforce/index
  - caption: Evidence and data
    chapters:
      - file: book/glossary
  - caption: For tutors
    chapters:
      - file: book/tutors/paradox
"""


def write_book(folder: Path, contents: str = CONTENTS) -> Path:
    """Make `folder` a book with two chapters in its contents, and return it."""
    (folder / "src" / "carebook").mkdir(parents=True)
    (folder / "src" / "carebook" / "__init__.py").write_text("", encoding="utf-8")
    (folder / "_toc.yml").write_bytes(contents.encode("utf-8"))
    (folder / "book" / "tutors").mkdir(parents=True)
    (folder / "chapters" / "paradox").mkdir(parents=True)
    return folder


def everything(folder: Path) -> dict[str, bytes]:
    """Return every file and folder below `folder`, with the bytes of the files."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else b""
        for path in sorted(folder.rglob("*"))
    }


def run(*arguments: str) -> Result:
    """Run the command; an error that no sentence was made of fails the test."""
    return CliRunner().invoke(main, ["new", "chapter", *arguments], catch_exceptions=False)


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a book of its own, and go there."""
    root = write_book(tmp_path / "book")
    monkeypatch.chdir(root)
    return root


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return a book with a new chapter; tests only read it, and it stays as it was."""
    root = write_book(tmp_path_factory.mktemp("new") / "book")
    new_chapter(root, SLUG, today=TODAY, title=TITLE)
    before = everything(root)
    yield root
    assert {name: content for name, content in everything(root).items() if name in before} == before


def test_the_command_names_each_file_that_it_made_and_what_to_do_next(book: Path) -> None:
    before = everything(book)
    result = run(SLUG, "--title", TITLE, "--part", "Two languages")
    assert result.exit_code == 0
    new = {name for name in everything(book).keys() - before.keys() if (book / name).is_file()}
    listed = {line.strip() for line in result.output.splitlines()}
    assert new >= {f"chapters/{SLUG}/{page}.md" for page in PAGES}
    assert new >= {f"exercises/{SLUG}/exercise.md", f"exercises/{SLUG}/checks.py"}
    assert f"book/tutors/{SLUG}.md" in new
    assert new < listed
    assert f"A new chapter, '{TITLE}', in the part 'Two languages':" in listed
    assert f"carebook exercises grade-samples {SLUG}" in listed


def test_the_contents_gain_the_new_lines_and_change_in_nothing_else(book: Path) -> None:
    new_chapter(book, SLUG, today=TODAY, part="Two languages")
    before, after = CONTENTS.splitlines(), (book / "_toc.yml").read_text("utf-8").splitlines()
    assert after[:9] + after[13:-1] == before
    assert after[9:13] == [
        f"      - file: chapters/{SLUG}/index",
        "        sections:",
        f"          - file: chapters/{SLUG}/case",
        f"          - file: chapters/{SLUG}/lab",
    ]
    assert after[-1] == f"      - file: book/tutors/{SLUG}"


def test_a_chapter_goes_into_the_last_part_with_chapters_unless_a_part_is_named(
    book: Path,
) -> None:
    assert new_chapter(book, SLUG, today=TODAY).part == "The people who care"
    parts = yaml.safe_load((book / "_toc.yml").read_text("utf-8"))["parts"]
    assert parts[1]["chapters"][-1]["file"] == f"chapters/{SLUG}/index"


@pytest.mark.parametrize("contents", [CONTENTS.replace("\n", "\r\n"), CONTENTS.rstrip("\n")])
def test_the_contents_keep_their_line_ends(contents: str) -> None:
    after = with_chapter(contents, SLUG, "For tutors")
    ending = "\r\n" if "\r\n" in contents else "\n"
    assert after.startswith(contents)
    assert after.removeprefix(contents).strip().count(ending) == 4
    assert after.count("\n") == after.count(ending)
    assert yaml.safe_load(after)["parts"][-1]["chapters"][1:] == [
        {
            "file": f"chapters/{SLUG}/index",
            "sections": [{"file": f"chapters/{SLUG}/{page}"} for page in ("case", "lab")],
        },
        {"file": f"book/tutors/{SLUG}"},
    ]


def test_the_contents_of_the_book_take_a_chapter_in_every_part(project: Path) -> None:
    text = (project / "_toc.yml").read_text("utf-8")
    for part in yaml.safe_load(text)["parts"]:
        added = with_chapter(text, "a-chapter-that-is-not-there", part["caption"]).splitlines()
        own = [line for line in added if "a-chapter-that-is-not-there" in line]
        assert len(own) == 4
        assert len(added) == len(text.splitlines()) + 5
        assert set(text.splitlines()) <= set(added)


@pytest.mark.parametrize(
    "slug",
    [
        *("", "Safe", "safe_handover", "safe handover", "-safe", "safe-", "a--b", "2-logics"),
        *("../safe", "safe/handover", "é", "safe\n", "a" * 41),
    ],
)
def test_a_name_that_no_folder_and_address_can_have_is_refused(book: Path, slug: str) -> None:
    before = everything(book)
    with pytest.raises(ChapterRefused, match="Allowed are small letters a to z, digits and single"):
        new_chapter(book, slug, today=TODAY)
    assert everything(book) == before


def test_the_name_of_the_folder_that_the_site_needs_is_refused(book: Path) -> None:
    with pytest.raises(ChapterRefused, match="cannot be called 'site'"):
        new_chapter(book, "site", today=TODAY)


@pytest.mark.parametrize("title", ["One\ntwo", "A `role`", "A {term}", "# A", "x" * 101])
def test_a_title_that_a_page_would_not_show_as_typed_is_refused(book: Path, title: str) -> None:
    before = everything(book)
    with pytest.raises(ChapterRefused, match="one line of plain words without markup"):
        new_chapter(book, SLUG, today=TODAY, title=title)
    assert everything(book) == before


@pytest.mark.parametrize(
    "place", [f"chapters/{SLUG}/", f"exercises/{SLUG}/", f"book/tutors/{SLUG}.md"]
)
def test_a_name_that_is_taken_is_refused(book: Path, place: str) -> None:
    path = book / place
    path.parent.mkdir(parents=True, exist_ok=True)
    if place.endswith("/"):
        path.mkdir()
    else:
        path.write_text("mine", encoding="utf-8")
    before = everything(book)
    result = run(SLUG)
    assert result.exit_code == 1
    assert f"{path} is there already, so '{SLUG}' is taken. Choose another name" in result.output
    assert everything(book) == before


def test_a_name_that_the_contents_list_is_refused(tmp_path: Path) -> None:
    contents = CONTENTS.replace("book/glossary", f"chapters/{SLUG}/lab")
    root = write_book(tmp_path / "listed", contents)
    with pytest.raises(ChapterRefused, match=rf"_toc\.yml lists chapters/{SLUG}/lab already"):
        new_chapter(root, SLUG, today=TODAY)


def test_a_part_that_does_not_exist_is_refused_with_those_that_do(book: Path) -> None:
    before = everything(book)
    result = run(SLUG, "--part", "Two langages")
    assert result.exit_code == 1
    assert "_toc.yml has no part called 'Two langages'. Parts: 'Two languages', " in result.output
    assert "'Evidence and data', 'For tutors'. Name one of them with --part." in result.output
    assert everything(book) == before


@pytest.mark.parametrize(
    ("contents", "says"),
    [
        ("parts: [", "_toc.yml is no YAML: "),
        ("format: jb-book\n", "_toc.yml has no parts. It must hold 'parts:'"),
        ("parts:\n  - caption: A\n    chapters: []\n", "_toc.yml:3: this list cannot be added to"),
        (CONTENTS.replace("book/tutors", "book"), "has no part with pages of book/tutors/"),
        (CONTENTS.replace("chapters/", "book/"), "has no part with chapters yet"),
    ],
)
def test_contents_that_cannot_be_added_to_are_refused(
    tmp_path: Path, contents: str, says: str
) -> None:
    root = write_book(tmp_path / "odd", contents)
    before = everything(root)
    with pytest.raises(ChapterRefused, match=re.escape(says)):
        new_chapter(root, SLUG, today=TODAY)
    assert everything(root) == before


def test_outside_the_book_nothing_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(SLUG)
    assert result.exit_code == 1
    assert "is not inside the book" in result.output
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_way_takes_everything_back(book: Path) -> None:
    (book / "book" / "tutors").rmdir()
    (book / "book" / "tutors").write_text("a file, and no folder", encoding="utf-8")
    before = everything(book)
    result = run(SLUG)
    assert result.exit_code == 1
    assert "cannot be written (Not a directory). Nothing was made." in result.output
    assert everything(book) == before


def test_contents_that_cannot_be_replaced_take_everything_back(book: Path) -> None:
    (book / "._toc.yml.part").mkdir()
    before = everything(book)
    with pytest.raises(ChapterRefused, match="Nothing was made"):
        new_chapter(book, SLUG, today=TODAY)
    assert everything(book) == before


def test_every_page_passes_the_book_s_own_build(
    made: Path, project: Path, build_notebook: Callable[..., object]
) -> None:
    """All directives and cells of a chapter, with the real glossary and the real tables."""
    names = [*(f"chapters/{SLUG}/{page}" for page in PAGES), f"book/tutors/{SLUG}"]
    files = {f"{name}.md": (made / f"{name}.md").read_text("utf-8") for name in names}
    files["book/glossary.md"] = (project / "book" / "glossary.md").read_text("utf-8")
    bare = "---\nreaders: tutor\nminutes: 1\nprerequisites: none\nreviewed: 2026-11-23\n---\n"
    others = {"data-dictionary": "", "evidence-library": "", "references": "{all-references}"}
    for name, directive in others.items():
        fence = f"```{directive}\n```" if directive else "Words."
        files[f"book/{name}.md"] = f"{bare}\n# A page\n\n{fence}\n"
    listed = "\n".join(name.removesuffix(".md") for name in files)
    files[str(EXERCISE / "exercise.md")] = (made / EXERCISE / "exercise.md").read_text("utf-8")
    files[f"extra/downloads/{SLUG}.ipynb"] = "{}"
    built = build_notebook(
        f"{bare}\n# A book\n\n```{{toctree}}\n{listed}\n```\n",
        files=files,
        exclude_patterns=["exercises", "extra"],
        html_extra_path=["extra"],
        myst_heading_anchors=3,
    )
    assert built.warnings == [], "\n".join(built.warnings)


def test_a_chapter_holds_every_part_of_the_anatomy(made: Path) -> None:
    text = (made / "chapters" / SLUG / "index.md").read_text("utf-8")
    for name in (
        *("prediction", "evidence-table", "code-cell", "exercise", "prediction-return"),
        *("take-aways", "on-the-ward", "on-monday", "reflection", "where-to-find-help"),
        "page-references",
    ):
        assert text.count(f"```{{{name}}}") == 1, name
    assert text.count("```{quiz}") >= 4
    assert "- [x] " in text
    assert "sides: " in text.split("---")[1]
    for name in ("Data", "Licence", "Cite as", "Report a problem"):
        assert f"\n**{name}.** " in text


def test_no_page_of_a_new_chapter_stops_the_editor(made: Path) -> None:
    assert editor_errors(made) == []


def test_each_line_that_still_says_what_belongs_there_is_a_note(made: Path) -> None:
    notes = [str(each) for each in editor_remarks(made) if "to be written" in each.text]
    lines = sum(text.count(MARK) > 0 for text in _lines(made))
    assert len(notes) == lines > 100
    assert f"chapters/{SLUG}/case.md:9: note: to be written: a title for the case" in notes
    files = {note.split(":")[0] for note in notes}
    assert files >= {f"book/tutors/{SLUG}.md", f"exercises/{SLUG}/checks.py"}
    assert files >= {f"exercises/{SLUG}/submissions/marking-guide.yaml"}


def _lines(folder: Path) -> list[str]:
    paths = [path for path in folder.rglob("*") if path.is_file() and path.name != "_toc.yml"]
    return [line for path in paths for line in path.read_text("utf-8").splitlines()]


def test_a_chapter_in_which_all_is_written_gets_no_such_note(tmp_path: Path) -> None:
    page = tmp_path / "chapters" / "a" / "index.md"
    page.parent.mkdir(parents=True)
    page.write_text("# A\n\nWrite to the board.\nwrite: no mark.\n", encoding="utf-8")
    assert unwritten_remarks(tmp_path) == []


def test_nothing_in_a_skeleton_is_left_to_be_filled_in() -> None:
    texts = skeleton(SLUG, TITLE, TODAY)
    assert [path for path, text in texts.items() if NAME.search(text)] == []
    assert f'title: "{TITLE}"' in texts[EXERCISE / "exercise.md"]


def test_a_title_stands_in_the_exercise_as_it_was_typed() -> None:
    title = "Who asks \"why\"? Two answers: nurses', doctors'"
    front = skeleton(SLUG, title, TODAY)[EXERCISE / "exercise.md"].split("---\n")[1]
    assert yaml.safe_load(front)["title"] == title


def test_the_exercise_keeps_the_lint_of_the_book(made: Path, project: Path) -> None:
    name = str(EXERCISE / "checks.py")
    text = (made / name).read_text("utf-8")
    for command in (["check", "--no-cache"], ["format", "--no-cache", "--check"]):
        ran = subprocess.run(
            [sys.executable, "-m", "ruff", *command, "--stdin-filename", name, "-"],
            input=text,
            cwd=project,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, ran.stdout


def test_the_solution_earns_full_marks_and_a_blank_copy_nothing(made: Path, tmp_path: Path) -> None:
    shutil.copytree(made / "exercises", tmp_path / "exercises")
    assert build_exercise(tmp_path, SLUG).points == 40


def test_every_sample_earns_exactly_its_scores(made: Path) -> None:
    """As nbgrader would mark them: the hidden lines put back, the hand-ins run to the end."""
    found = read_exercise(made / EXERCISE)
    guides = read_guide(made / EXERCISE, found.stated)
    samples = read_samples(made / EXERCISE, found.master, found.stated)
    check_comments(made / EXERCISE, samples, guides)
    versions = make_versions(found.master, found.stated, found.key)
    handed = [hand_in(sample, versions.release, versions) for sample in samples]
    marked = [blank_hand_in(Versions(versions.source, each, versions.solution)) for each in handed]
    checks = {cell.question for cell in found.master.with_role("check")}
    for sample, ran in zip(samples, run_all(marked), strict=True):
        scores = {cell.id: score(cell) for cell in ran.cells if cell.id in checks}
        expected = {name: points for name, points in sample.scores.items() if name in checks}
        assert scores == pytest.approx(expected), sample.name
    assert {
        sample.name: sample.total for sample in samples if sample.name in ("right", "empty")
    } == {"right": 40, "empty": 0}
    assert len(samples) == 5


def test_neither_the_pages_nor_the_release_hold_an_answer(made: Path) -> None:
    found = read_exercise(made / EXERCISE)
    versions = make_versions(found.master, found.stated, found.key)
    text = "\n".join(cell.source for cell in versions.release.cells)
    assert found_in(text, answers_of(found), ".md") == []
    for folder in ("chapters", "book"):
        assert leaks(made / folder, made) == []
