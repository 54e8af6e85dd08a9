#!/usr/bin/env python3
"""check_programs.py SOURCE BUILD: scripts/run builds the target "programs", and that makes all that installation takes from
the build folder. Exit code 77 where the build is not Ninja's."""
import re
import subprocess
import sys
from pathlib import Path


def installed(build):
    """Files of the build folder that `cmake --install` copies, relative to it."""
    out = set()
    for script in build.rglob("cmake_install.cmake"):
        for command in re.findall(r"file\(INSTALL.*?\)", script.read_text(encoding="utf-8"), re.S):
            out.update(re.findall(re.escape(str(build)) + r"/([^\"]+)\"", command.split("FILES", 1)[-1]))
    return out


def made_by(build, target):
    """What the commands that make the target compile and link."""
    done = subprocess.run(["ninja", "-C", build, "-t", "commands", target], check=True, capture_output=True, text=True)
    return set(re.findall(r" -o (\S+)", done.stdout))


def configured(build, files):
    """Those that no command makes: they are there from the configuration on."""
    done = subprocess.run(["ninja", "-C", build, "-t", "targets", "all"], check=True, capture_output=True, text=True)
    outputs = {line.rsplit(": ", 1)[0] for line in done.stdout.splitlines()}
    return {file for file in files if file not in outputs and (build / file).exists()}


def main(source, build):
    if not (build / "build.ninja").exists():
        print("SKIPPED: the build folder is not Ninja's")
        return 77
    files = installed(build)
    missing = files - made_by(build, "programs")
    missing -= configured(build, missing)
    script = (source / "scripts/run").read_text(encoding="utf-8")
    assert files, "nothing that is built is installed: this check reads the scripts of cmake wrongly"
    assert not missing, f"installed, and not built by the target programs: {sorted(missing)}"
    assert re.search(r"^build release programs$", script, re.M), "scripts/run does not build the target programs"
    print("built by programs and installed:", ", ".join(sorted(files)))
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()))
