"""Put a figure that a directive draws where Sphinx finds it, as vectors and as pixels."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.environment import BuildEnvironment

from carebook.figures.house_style import svg_text

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FOLDER = "press-figures"
DOTS_PER_INCH = 200


def save_figure(env: BuildEnvironment, figure: Figure, name: str) -> str:
    """Save `figure` as SVG and PNG beside Sphinx's memory of the pages.

    Parameters
    ----------
    env
        Sphinx's memory of the book; its folder takes the files.
    figure
        What was drawn.
    name
        File name without its ending, unique for what is shown.

    Returns
    -------
    str
        Address for an image node, ending in ``.*``: each format takes the file that it can show.
    """
    folder = Path(env.doctreedir) / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    pixels = io.BytesIO()
    figure.savefig(pixels, format="png", dpi=DOTS_PER_INCH)
    _write(folder / f"{name}.svg", svg_text(figure).encode("utf-8"))
    _write(folder / f"{name}.png", pixels.getvalue())
    return f"/{Path(os.path.relpath(folder, env.srcdir)).as_posix()}/{name}.*"


def _write(path: Path, content: bytes) -> None:
    """Replace the file whole: another process may draw the same figure for another page."""
    if not path.exists() or path.read_bytes() != content:
        arriving = path.with_name(f"{path.name}.{os.getpid()}")
        arriving.write_bytes(content)
        arriving.replace(path)
