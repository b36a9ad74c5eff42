"""The few system calls of Linux that Python 3.11 has no names for."""

import ctypes
import os
import platform
import struct

NEW_MOUNTS, NEW_MESSAGES, NEW_PROCESSES = 0x00020000, 0x08000000, 0x20000000
READ_ONLY, NO_SETUID, NO_DEVICES, PRIVATE = 0x1, 0x2, 0x4, 0x4000 | 0x40000
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
