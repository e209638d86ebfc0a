"""Where the tables lie: in a folder the reader names, in the installed package, or in the tree."""

from __future__ import annotations

import os
from pathlib import Path

VARIABLE = "CAREBOOK_DATASETS"
PACKAGE_FILE = "datapackage.json"


class DatasetsMissing(FileNotFoundError):
    """No folder with ``datapackage.json`` was found; the message lists where was looked."""


def datasets_folder() -> Path:
    """Return the folder that holds ``datapackage.json`` and the tables it names.

    Returns
    -------
    pathlib.Path
        The folder in the environment variable ``CAREBOOK_DATASETS`` where that is set; else the
        tables packed into the installed package; else ``datasets/`` of the source tree.

    Raises
    ------
    DatasetsMissing
        If no folder holds ``datapackage.json``; the message lists where was looked.
    """
    named = os.environ.get(VARIABLE)
    here = Path(__file__).resolve()
    places = [Path(named)] if named else [here.parent / "datasets", here.parents[3] / "datasets"]
    for place in places:
        if (place / PACKAGE_FILE).is_file():
            return place
    looked = ", ".join(str(place) for place in places)
    raise DatasetsMissing(
        f"no {PACKAGE_FILE} in {looked}; set {VARIABLE} to the folder that holds it, "
        "or install the package again"
    )
