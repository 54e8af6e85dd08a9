"""The Debian packages that scripts/package makes of a build, and what is in them."""
import os
import re
import struct
import subprocess
import zlib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHF_COMPRESSED = 0x800
ELF_COMPRESSION_HEADER = 24  # bytes; the data behind it is zlib's
NAMES = ["presswatch", "presswatch-dbgsym", "presswatch-dev", "python3-presswatch"]


def run(*command, **options):
    done = subprocess.run([str(one) for one in command], check=False, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, **options)
    if done.returncode != 0:
        raise AssertionError(f"{' '.join(map(str, command))}: exit code {done.returncode}\n{done.stdout}")
    return done.stdout


def plain_content(path):
    """The bytes of a file; of a 64-bit ELF file also what its compressed sections hold (objcopy refuses large ones)."""
    content = path.read_bytes()
    if not content.startswith(b"\x7fELF\x02\x01"):
        return content
    sections, = struct.unpack_from("<Q", content, 0x28)
    size, count = struct.unpack_from("<HH", content, 0x3A)
    parts = [content]
    for at in range(sections, sections + size * count, size):
        flags, = struct.unpack_from("<Q", content, at + 8)
        offset, length = struct.unpack_from("<QQ", content, at + 24)
        if flags & SHF_COMPRESSED:
            parts.append(zlib.decompress(content[offset + ELF_COMPRESSION_HEADER:offset + length]))
    return b"".join(parts)


def make(build, folder):
    """Packs the programs of the build into the folder; what scripts/package printed."""
    return run(ROOT / "scripts/package", "--from", build, "--to", folder)


def find(folder):
    """The packages of the folder by name, those that are there."""
    return {file.name.split("_")[0]: file for file in sorted(Path(folder).glob("*.deb"))}


def field(deb, name):
    return run("dpkg-deb", "--field", deb, name).strip()


def dependencies(deb):
    """The names of the packages that it needs; of alternatives, the first."""
    return [re.match(r"[a-z0-9][a-z0-9+.-]+", one.strip())[0] for one in field(deb, "Depends").split(",")]


def conffiles(deb):
    return run("dpkg-deb", "--info", deb, "conffiles").split()


def extract(deb, folder):
    run("dpkg-deb", "--extract", deb, folder)


def newer(deb, folder, version, changed):
    """The package with a higher version, with a line added to some of its conffiles."""
    tree = folder / "tree"
    run("dpkg-deb", "--raw-extract", deb, tree)
    control = tree / "DEBIAN/control"
    text, count = re.subn(r"(?m)^Version: .*$", f"Version: {version}", control.read_text(encoding="utf-8"))
    assert count == 1
    control.write_text(text, encoding="utf-8")
    for file in changed:
        with open(tree / file.lstrip("/"), "a", encoding="utf-8") as out:
            out.write(f"# of version {version}\n")
    out = folder / f"presswatch_{version}_{field(deb, 'Architecture')}.deb"
    # Compression takes most of the time, and is not what is tried.
    run("dpkg-deb", "--root-owner-group", "-Znone", "--build", tree, out)
    run("rm", "-rf", tree)
    return out


def cannot_be_made():
    """Why this machine cannot make packages, or None."""
    for program, package in (("dpkg-buildpackage", "dpkg-dev"), ("dh", "debhelper"), ("dh_python3", "dh-python"),
                             ("lintian", "lintian")):
        if not any(os.access(Path(folder) / program, os.X_OK) for folder in os.get_exec_path()):
            return f"{program} is missing; install the package {package}"
    return None
