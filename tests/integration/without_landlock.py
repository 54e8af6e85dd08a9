"""without_landlock.py PROGRAM ARGUMENT...: runs the program as on a kernel without Landlock."""
import ctypes
import errno
import os
import struct
import sys

PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS = 22, 38
SECCOMP_MODE_FILTER = 2
LANDLOCK_CREATE_RULESET = 444  # on every architecture


def instruction(code, if_so, if_not, value):
    return struct.pack("=HBBI", code, if_so, if_not, value)


FILTER = b"".join([
    instruction(0x20, 0, 0, 0),                         # load the number of the system call
    instruction(0x15, 0, 1, LANDLOCK_CREATE_RULESET),   # another one: skip one instruction
    instruction(0x06, 0, 0, 0x00050000 | errno.ENOSYS),  # fail
    instruction(0x06, 0, 0, 0x7FFF0000),                # allow
])


def main(command):
    libc = ctypes.CDLL(None, use_errno=True)
    code = ctypes.create_string_buffer(FILTER, len(FILTER))
    program = struct.pack("@HP", len(FILTER) // 8, ctypes.addressof(code))
    if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 or libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, program) != 0:
        sys.exit(f"no filter: {os.strerror(ctypes.get_errno())}")
    os.execvp(command[0], command)


if __name__ == "__main__":
    main(sys.argv[1:])
