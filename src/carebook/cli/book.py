"""Commands that set up, build, serve, check and measure the book."""

from __future__ import annotations

import click

from carebook.cli.terminal import project_folder, stop


@click.command()
@click.option("--browser", is_flag=True, help="Find or fetch a browser for tests and print too.")
def setup(browser: bool) -> None:
    """Install front-end parts inside the project; says what it does."""
    from carebook.press.toolchain.browser import BrowserMissing, find_browser
    from carebook.press.toolchain.front_end import FrontEndMissing, install

    project = project_folder()
    try:
        ran = install(project, tests=browser, say=click.echo)
        click.echo("Front-end parts: installed." if ran else "Front-end parts: already there.")
        if browser:
            found = find_browser(project, click.echo)
            click.echo(f"Browser: {found.version}, {found.origin}.")
    except (FrontEndMissing, BrowserMissing) as error:
        raise stop(error) from error


@click.command()
@click.option("--fresh", is_flag=True, help="Forget everything made before.")
def build(fresh: bool) -> None:
    """Build the book into _build/html."""
    from carebook.press.build import BuildFailed
    from carebook.press.build import build as build_book

    try:
        built = build_book(project_folder(publishing=True), fresh=fresh)
    except BuildFailed as error:
        raise stop(error) from error
    what = "The book is built" if built.anything_new else "Nothing has changed; the book stands"
    click.echo(f"{what}: {built.site} ({built.seconds:.1f} s)")


@click.command()
@click.option(
    "--port", type=click.IntRange(1, 65_535), default=8000, show_default=True, help="First to try."
)
def serve(port: int) -> None:
    """Serve the built book to this computer; prints the address; Ctrl+C ends it."""
    from carebook.press.build import SITE
    from carebook.press.serve import NoPort, SiteMissing
    from carebook.press.serve import serve as serve_site

    def announce(address: str) -> None:
        click.echo(f"The book is open at {address}  (Ctrl+C ends it)")

    try:
        serve_site(project_folder() / SITE, port, announce)
    except (SiteMissing, NoPort) as error:
        raise stop(error) from error
    except KeyboardInterrupt:
        click.echo("")


@click.command()
def check() -> None:
    """Lint, types and prose."""
    from carebook.press import prose
    from carebook.press.editing import editor_remarks
    from carebook.press.lint import failed_tools

    project = project_folder()
    failed = failed_tools(project)
    remarks = editor_remarks(project)
    for remark in remarks:
        click.echo(str(remark))
    if any(remark.level == prose.ERROR for remark in remarks):
        failed.append("prose")
    for page, (words, grade) in prose.reading_grades(project).items():
        click.echo(f"{page}: {words} words, reading grade {grade:.0f}")
    if failed:
        raise click.ClickException(f"Failed: {', '.join(failed)}. See above.")
    click.echo("Lint, types and prose: nothing to stop for.")


@click.command()
def bench() -> None:
    """Measure build times, page weight and Lighthouse scores, in one run."""
    from carebook.press import bench as measure

    click.echo(measure.table(measure.bench(project_folder(publishing=True), click.echo)))
