"""Build the book: `python book/build.py`, or only its executed notebooks with `--notebooks`."""

import argparse
import sys
import time

from making import download, execute, notebook_cache, offline_zip, pages, site, vendor
from making.places import HTML, NOTEBOOKS, OFFLINE_ZIP, BuildError, one_at_a_time, short


def write_notebooks():
    """Execute what changed and write every notebook of the book with its outputs."""
    notebooks, cache = pages.notebooks(), notebook_cache.open_cache()
    ran = execute.execute(notebooks, cache)
    for page in notebooks:
        download.publish(page, notebook_cache.outputs(cache, page.read()))
    download.forget_others(notebooks)
    names = {page.name for page in notebooks}
    print(f"{len(ran)} of {len(names)} notebooks ran; the slowest of all, when they last ran:")
    print(execute.slowest(names), flush=True)


def build():
    """Build the whole book."""
    vendor.fetch()
    write_notebooks()
    frame = site.build_html()
    site.finish()
    offline_zip.pack(HTML, OFFLINE_ZIP)
    site.keep(frame)


def main():
    """Run the command line; the last line says where the result is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notebooks", action="store_true", help="execute, but write no HTML")
    only_notebooks = parser.parse_args().notebooks
    begin = time.perf_counter()
    try:
        with one_at_a_time():
            write_notebooks() if only_notebooks else build()
    except BuildError as error:
        sys.exit(f"{error}\nThe book was not built.")
    except KeyboardInterrupt:
        sys.exit("Interrupted. What has run is kept; build again to go on.")
    print(f"Built in {time.perf_counter() - begin:.1f} s.")
    if only_notebooks:
        print(f"Notebooks: {short(NOTEBOOKS)}")
    else:
        print(f"To carry away: {short(OFFLINE_ZIP)} ({OFFLINE_ZIP.stat().st_size / 1e6:.1f} MB)")
        print(f"Book: {short(HTML)}/index.html")


if __name__ == "__main__":
    main()
