"""A Debian root folder to boot, made once by debootstrap and kept in the user's cache."""
import contextlib
import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import time
from pathlib import Path

# What boots, and the interpreter of the newsroom and of the plugin that is tried.
ALWAYS = ["python3", "systemd", "systemd-sysv"]
BUILD_WITHIN = 480  # seconds
FORGET_AFTER = 14 * 24 * 3600  # seconds since a root of other packages was used


class CannotRun(Exception):
    """This machine cannot do what the test needs; the text says what is missing."""


def output_of(*command, timeout=60):
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=timeout).stdout


def release():
    """The code name of this machine's Debian, as bookworm."""
    found = re.search(r'^VERSION_CODENAME="?([a-z]+)', Path("/etc/os-release").read_text(encoding="utf-8"), re.M)
    if found is None or shutil.which("dpkg") is None:
        raise CannotRun("this is not a Debian: the packages of the container cannot be named")
    return found[1]


def mirror(suite):
    """Where apt of this machine has that suite from."""
    sources = output_of("apt-get", "indextargets", "--format", "$(REPO_URI) $(RELEASE) $(COMPONENT)",
                        "Created-By: Packages")
    for line in sources.splitlines():
        address, name, component = line.split()
        if (name, component) == (suite, "main"):
            return address
    raise CannotRun(f"apt knows no source of {suite} main; run apt-get update")


def proxies():
    """apt's proxy as debootstrap's downloader reads it; one in the environment stays."""
    found = output_of("apt-config", "shell", "http_proxy", "Acquire::http::Proxy", "https_proxy",
                      "Acquire::https::Proxy")
    return {**dict(re.findall(r"(\w+)='(.+)'", found)), **os.environ}


def cache():
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    folder = Path(base) / "presswatch" / "boot"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def build_step(*command):
    try:
        done = subprocess.run(command, check=False, env={**proxies(), "DEBIAN_FRONTEND": "noninteractive"},
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              timeout=BUILD_WITHIN)
    except subprocess.TimeoutExpired as error:
        raise CannotRun(f"{command[0]} did not end within {BUILD_WITHIN} s") from error
    if done.returncode != 0:
        raise CannotRun(f"{' '.join(command)} failed:\n" + "\n".join(done.stdout.splitlines()[-5:]))


def make(suite, address, packages, root):
    build_step("debootstrap", "--variant=minbase", "--include=" + ",".join(ALWAYS), suite, str(root), address)
    # By apt, because debootstrap knows no virtual packages.
    apt = ("chroot", str(root), "apt-get", "--quiet", "--yes")
    build_step(*apt, "update")
    build_step(*apt, "install", "--no-install-recommends", *packages)
    build_step(*apt, "clean")


def forget_others(folder, root):
    for other in folder.iterdir():
        if other.is_dir() and other != root and time.time() - other.stat().st_mtime > FORGET_AFTER:
            shutil.rmtree(other)


def debian_root(needed):
    """The folder of a Debian in which those packages are installed; nobody writes to it."""
    suite = release()
    address = mirror(suite)
    packages = sorted(needed)
    folder = cache()
    key = hashlib.sha256("\n".join([suite, address, *ALWAYS, "", *packages]).encode()).hexdigest()[:16]
    root = folder / f"{suite}-{key}"
    with open(folder / "lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not root.exists():
            print(f"making {root}: a minute or two, once", flush=True)
            made = folder / "unfinished"
            with contextlib.suppress(FileNotFoundError):
                shutil.rmtree(made)
            make(suite, address, packages, made)
            made.rename(root)
        os.utime(root)
        forget_others(folder, root)
    return root
