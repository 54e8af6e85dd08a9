"""A Debian of its own with systemd as its first process, booted by systemd-nspawn. The machine around it stays as it is.

All mounts are made in a mount namespace of this process, and the container writes to a tmpfs over the cached root: both end
with this process. What it leaves outside is one control group, which stop() removes.
"""
import contextlib
import ctypes
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from debian_root import CannotRun

CLONE_NEWNS = 0x00020000
PR_SET_PDEATHSIG = 1
BOOT_WITHIN = 90  # seconds
CGROUPS = Path("/sys/fs/cgroup")
# nspawn of systemd 252 refuses its containers what plugins confine themselves with.
CONFINEMENT = ["landlock_create_ruleset", "landlock_add_rule", "landlock_restrict_self", "seccomp"]
PREFIX = "presswatch-boot-"
LIBC = ctypes.CDLL(None, use_errno=True)


def must(*command):
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode != 0:
        raise CannotRun(f"{' '.join(command)}: {done.stderr.strip()}")


def check_machine():
    if os.geteuid() != 0:
        raise CannotRun("only root can boot a container")
    for program, package in (("debootstrap", "debootstrap"), ("systemd-nspawn", "systemd-container")):
        if shutil.which(program) is None:
            raise CannotRun(f"{program} is missing; install the package {package}")
    if "\toverlay\n" not in Path("/proc/filesystems").read_text(encoding="utf-8"):
        raise CannotRun("this kernel has no overlay file system")


def enter_mount_namespace():
    """From here on this process and its children mount for themselves alone."""
    if LIBC.unshare(CLONE_NEWNS) != 0:
        raise CannotRun(f"no mount namespace: {os.strerror(ctypes.get_errno())}")
    must("mount", "--make-rprivate", "/")
    must("mount", "-t", "tmpfs", "tmpfs", "/run")  # nspawn leaves traces there
    # The machine may have control groups of version 1; systemd in the container is given version 2.
    must("umount", "--recursive", "--lazy", str(CGROUPS))
    must("mount", "-t", "cgroup2", "cgroup2", str(CGROUPS))


def child(pid):
    """The first child of a process, None where there is none."""
    with contextlib.suppress(OSError):
        found = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
        return found[0] if found else None
    return None


def remove_group(group):
    """The group and those in it, as far as their processes have ended."""
    for folder, _, _ in os.walk(group, topdown=False):
        with contextlib.suppress(OSError):
            os.rmdir(folder)


def remove_leftovers():
    """What a run has left that was killed: its folder is empty, because its mounts ended with it."""
    for path in [*CGROUPS.glob(PREFIX + "*"), *Path(tempfile.gettempdir()).glob(PREFIX + "*")]:
        if not Path("/proc", path.name.removeprefix(PREFIX)).exists():
            remove_group(path)


class Container:
    def __init__(self, base):
        remove_leftovers()
        self.folder = Path(tempfile.gettempdir()) / f"{PREFIX}{os.getpid()}"
        self.folder.mkdir(mode=0o755)
        self.group = CGROUPS / self.folder.name
        self.nspawn = None
        self.leader = None
        must("mount", "-t", "tmpfs", "-o", "mode=0755", "tmpfs", str(self.folder))
        self.root = self.folder / "root"
        for name in ("root", "upper", "work"):
            (self.folder / name).mkdir()
        layers = f"lowerdir={base},upperdir={self.folder / 'upper'},workdir={self.folder / 'work'}"
        must("mount", "-t", "overlay", "-o", layers, "overlay", str(self.root))

    def join_group(self):
        (self.group / "cgroup.procs").write_text(str(os.getpid()), encoding="ascii")
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)

    def boot(self):
        """Returns when the container has started its own units."""
        self.group.mkdir()
        self.console = open(self.folder / "console", "w+", encoding="utf-8", errors="replace")
        self.nspawn = subprocess.Popen(
            # A process namespace around it, because nspawn may die without its container; with the namespace's first
            # process all others end.
            ["unshare", "--pid", "--fork", "--kill-child", "--mount-proc",
             "systemd-nspawn", "--quiet", "--boot", "--private-network", "--register=no", "--keep-unit", "--link-journal=no",
             "--console=pipe", f"--system-call-filter={' '.join(CONFINEMENT)}", f"--machine={self.folder.name}", f"--directory={self.root}"],
            stdin=subprocess.DEVNULL, stdout=self.console, stderr=subprocess.STDOUT, preexec_fn=self.join_group)
        end = time.monotonic() + BOOT_WITHIN
        while time.monotonic() < end and self.nspawn.poll() is None:
            self.leader = child(child(self.nspawn.pid))
            state = self.leader and self.run("systemctl", "is-system-running", check=False).stdout.strip()
            if state in ("running", "degraded"):
                return
            time.sleep(0.2)
        self.console.seek(0)
        raise CannotRun("the container does not boot:\n" + "\n".join(self.console.read().splitlines()[-10:]))

    def run(self, *command, check=True, timeout=120):
        """Runs the command in the container, as root."""
        done = subprocess.run(
            ["nsenter", f"--target={self.leader}", "--mount", "--uts", "--ipc", "--net", "--pid", *map(str, command)],
            check=False, capture_output=True, text=True, timeout=timeout, stdin=subprocess.DEVNULL)
        if check and done.returncode != 0:
            raise AssertionError(f"{' '.join(map(str, command))}: exit code {done.returncode}\n{done.stdout}{done.stderr}")
        return done

    def write(self, path, text, mode=0o644):
        """A file of the running container."""
        file = Path(f"/proc/{self.leader}/root") / path.lstrip("/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        file.chmod(mode)

    def copy(self, source, path):
        """A file from outside, into the running container."""
        file = Path(f"/proc/{self.leader}/root") / path.lstrip("/")
        file.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, file)

    def read(self, path):
        return (Path(f"/proc/{self.leader}/root") / path.lstrip("/")).read_text(encoding="utf-8")

    def stop(self):
        if self.nspawn is not None:
            self.nspawn.kill()
            self.nspawn.wait()
            self.console.close()
        end = time.monotonic() + 30
        while self.group.exists() and time.monotonic() < end:
            remove_group(self.group)
            time.sleep(0.1)
        for folder in (self.root, self.folder):
            subprocess.run(["umount", "--lazy", folder], check=False)
        self.folder.rmdir()
