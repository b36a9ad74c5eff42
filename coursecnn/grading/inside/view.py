"""Move this process into namespaces of its own, with a view of few files, as bubblewrap would.

It is used where bubblewrap is not installed. The process keeps the privileges, valid in its
namespaces only, that it needs to jail others.
"""

import os

from . import kernel

DEVICES = ("null", "zero", "full", "random", "urandom")
EMPTY = "size=4k,mode=555"
NAMESPACES = kernel.NEW_MOUNTS | kernel.NEW_MESSAGES | kernel.NEW_NETWORK | kernel.NEW_HOST_NAME
OLD, NEW = "/old", "/new"


def enter(view, scratch):
    """See nothing but `view` from now on, and no network.

    Parameters
    ----------
    view : list of list of str
        ["bind", path] shows a file or folder, read-only, if there is one; ["link", target, path]
        makes a symbolic link; ["empty", path] hides what lies in a folder.
    scratch : str
        The one folder that can be written to.
    """
    _new_namespaces()
    kernel.make_mounts_private()
    kernel.mount("tmpfs", "/tmp", "mode=755")
    os.mkdir(f"/tmp{OLD}")
    os.mkdir(f"/tmp{NEW}")
    kernel.pivot_root("/tmp", f"/tmp{OLD}")
    kernel.mount("tmpfs", NEW, "mode=755")
    for kind, *paths in view:
        {"bind": _bind, "link": _link, "empty": _empty}[kind](*paths)
    _system_folders(scratch)
    os.chdir(NEW)
    kernel.pivot_root(".", ".")
    kernel.forget_mount(".")
    os.chdir(scratch)
    for path in ("/", *emptied(view)):
        kernel.make_read_only(path, below=False)
    kernel.keep_privileges()


def emptied(view):
    """The folders of a view that are shown empty.

    Parameters
    ----------
    view : list of list of str
        See `enter`.

    Returns
    -------
    list of str
        To be made read-only once all is mounted: they belong to whom they hide files from.
    """
    return [path for kind, *paths in view if kind == "empty" for path in paths]


def _new_namespaces():
    uid, gid = os.getuid(), os.getgid()
    namespaces = NAMESPACES if uid == 0 else NAMESPACES | kernel.NEW_USER
    kernel.call("unshare", namespaces)
    if uid == 0:
        return
    maps = {"setgroups": "deny", "uid_map": f"{uid} {uid} 1", "gid_map": f"{gid} {gid} 1"}
    for name, text in maps.items():
        with open(f"/proc/self/{name}", "w") as file:
            file.write(text)


def _bind(path):
    source, place = OLD + path, NEW + path
    if os.path.isdir(source):
        os.makedirs(place, exist_ok=True)
    elif os.path.exists(source):
        os.makedirs(os.path.dirname(place), exist_ok=True)
        open(place, "w").close()
    else:
        return
    kernel.bind(source, place)
    kernel.make_read_only(place)


def _link(target, path):
    os.symlink(target, NEW + path)


def _empty(path):
    kernel.mount("tmpfs", NEW + path, EMPTY)


def _system_folders(scratch):
    """A folder for files, the simplest devices, and the processes, which each jail hides again."""
    for path in (scratch, "/dev", "/dev/shm", "/proc"):
        os.mkdir(NEW + path)
    for name in DEVICES:
        open(f"{NEW}/dev/{name}", "w").close()
        kernel.bind(f"{OLD}/dev/{name}", f"{NEW}/dev/{name}")
    kernel.bind(f"{OLD}/proc", f"{NEW}/proc")
    kernel.mount("tmpfs", NEW + scratch, "mode=1777")
