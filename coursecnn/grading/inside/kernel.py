"""The few system calls of Linux that Python 3.11 has no names for."""

import ctypes
import os
import platform
import struct

NEW_MOUNTS, NEW_HOST_NAME, NEW_MESSAGES = 0x00020000, 0x04000000, 0x08000000
NEW_USER, NEW_PROCESSES, NEW_NETWORK = 0x10000000, 0x20000000, 0x40000000
READ_ONLY, NO_SETUID, NO_DEVICES, PRIVATE, BIND = 0x1, 0x2, 0x4, 0x4000 | 0x40000, 0x1000 | 0x4000
DETACH, BELOW, HERE = 0x2, 0x8000, -100
MOUNT_SETATTR = 442  # on every machine
CAPABILITIES = 1 << 6 | 1 << 7 | 1 << 21  # to change group and user, and to administer namespaces
SET_DUMPABLE, SET_SECCOMP, SET_SUBREAPER, SET_NO_NEW_PRIVILEGES = 4, 22, 36, 38
FILTER = 2

# Numbers for x86-64 and 64-bit ARM of calls that no notebook needs.
REFUSED = {
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "unshare": (272, 97),
    "setns": (308, 268),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "kexec_load": (246, 104),
    "move_mount": (429, 429),
    "open_tree": (428, 428),
    "fsopen": (430, 430),
    # Memory that belongs to no process, which nobody would count.
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "shmget": (29, 194),
    "msgget": (68, 186),
    "semget": (64, 190),
}
CLONE, CLONE3 = (56, 220), (435, 435)
MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
ANY_NAMESPACE = 0x7E020000

_libc = ctypes.CDLL(None, use_errno=True) if os.name == "posix" else None


def call(name, *arguments):
    """Call a function of the C library.

    Parameters
    ----------
    name : str
        Its name.
    *arguments : int, bytes or None
        What it takes.

    Returns
    -------
    int
        What it returns, unless that is negative.

    Raises
    ------
    OSError
        If it fails.
    """
    result = getattr(_libc, name)(*arguments)
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), name)
    return result


def mount(kind, where, options="", flags=NO_SETUID | NO_DEVICES):
    """Mount a new file system.

    Parameters
    ----------
    kind : str
        "tmpfs" or "proc".
    where : str
        An existing folder.
    options : str, optional
        As `mount -o` takes them.
    flags : int, optional
        How files on it may be used.
    """
    call("mount", kind.encode(), os.fsencode(where), kind.encode(), flags, options.encode())


def make_mounts_private():
    """Keep what is mounted from now on to this process and its children."""
    call("mount", None, b"/", None, PRIVATE, None)


def bind(source, place):
    """Show a file or folder, and what is mounted below it, in a second place.

    Parameters
    ----------
    source, place : str
        Two files, or two folders.
    """
    call("mount", os.fsencode(source), os.fsencode(place), None, BIND, None)


def make_read_only(place, below=True):
    """Forbid to write on a mounted file system, and to gain privileges or use devices by it.

    Parameters
    ----------
    place : str
        Where it is mounted.
    below : bool, default True
        Also on all that is mounted below.
    """
    attributes = struct.pack("=QQQQ", READ_ONLY | NO_SETUID | NO_DEVICES, 0, 0, 0)
    flags = BELOW if below else 0
    call("syscall", MOUNT_SETATTR, HERE, os.fsencode(place), flags, attributes, len(attributes))


def pivot_root(root, old):
    """Make a folder the root, and the root a folder of it.

    Parameters
    ----------
    root, old : str
        Where a file system is mounted, and a folder on it.
    """
    number = REFUSED["pivot_root"][MACHINES[platform.machine()][0]]
    call("syscall", number, os.fsencode(root), os.fsencode(old))


def forget_mount(place):
    """Take a file system out of sight.

    Parameters
    ----------
    place : str
        Where it is mounted.
    """
    call("umount2", os.fsencode(place), DETACH)


def keep_privileges():
    """Give up all privileges but those to jail others."""
    low = struct.pack("=III", CAPABILITIES, CAPABILITIES, 0)
    call("capset", struct.pack("=Ii", 0x20080522, 0), low + bytes(12))


def drop_privileges(uid=None):
    """Give up every privilege for good; a program that is started cannot win one back.

    Parameters
    ----------
    uid : int, optional
        User and group to become; only root can.
    """
    if uid is not None:
        os.setgroups([])
        os.setresgid(uid, uid, uid)
        os.setresuid(uid, uid, uid)
    call("capset", struct.pack("=Ii", 0x20080522, 0), bytes(24))
    call("prctl", SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    call("prctl", SET_DUMPABLE, 1, 0, 0, 0)  # else /proc/self is closed to it


def refuse_calls():
    """Refuse the system calls of `REFUSED`, and new namespaces, from now on.

    Returns
    -------
    bool
        False on a machine whose calls are not known here.
    """
    if platform.machine() not in MACHINES:
        return False
    program = b"".join(_filter(*MACHINES[platform.machine()]))
    instructions = ctypes.create_string_buffer(program)
    header = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(instructions))
    call("prctl", SET_SECCOMP, FILTER, header, 0, 0)
    return True


def _filter(column, architecture):
    """Instructions of the filter, in the order in which the kernel tries them."""
    load, equal, above, any_bit, answer = 0x20, 0x15, 0x35, 0x45, 0x06
    allow, refuse, unknown = 0x7FFF0000, 0x00050001, 0x00050026  # the latter two: EPERM, ENOSYS
    yield struct.pack("HBBI", load, 0, 0, 4)
    yield struct.pack("HBBI", equal, 1, 0, architecture)
    yield struct.pack("HBBI", answer, 0, 0, refuse)
    yield struct.pack("HBBI", load, 0, 0, 0)
    yield struct.pack("HBBI", above, 0, 1, 0x40000000)  # a second table of numbers
    yield struct.pack("HBBI", answer, 0, 0, refuse)
    for numbers in REFUSED.values():
        yield struct.pack("HBBI", equal, 0, 1, numbers[column])
        yield struct.pack("HBBI", answer, 0, 0, refuse)
    yield struct.pack("HBBI", equal, 0, 1, CLONE3[column])  # its flags cannot be read here
    yield struct.pack("HBBI", answer, 0, 0, unknown)
    yield struct.pack("HBBI", equal, 0, 3, CLONE[column])
    yield struct.pack("HBBI", load, 0, 0, 16)
    yield struct.pack("HBBI", any_bit, 0, 1, ANY_NAMESPACE)
    yield struct.pack("HBBI", answer, 0, 0, refuse)
    yield struct.pack("HBBI", answer, 0, 0, allow)
