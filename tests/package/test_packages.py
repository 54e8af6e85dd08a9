"""What scripts/package makes of a release build. test_packages.py BUILD; it leaves the packages in BUILD/packages, where
test_boot.py takes them. Exit code 77 where packages cannot be made."""
import filecmp
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import debs
from debs import NAMES, ROOT

EXAMPLE = """cmake_minimum_required(VERSION 3.20)
project(daily-archive LANGUAGES CXX)
find_package(presswatch {version} REQUIRED)
presswatch_add_plugin(daily-archive plugin.cpp)
"""
# A path of this or another checkout or build folder, as a string of its own.
BUILD_PATH = re.compile(rb"\0(/[\x20-\x7e]*/(?:daemon|build)(?:/[\x20-\x7e]*)?)\0")


def setUpModule():
    global work, made, usr
    work = Path(tempfile.mkdtemp(prefix="presswatch-packages-"))
    unittest.addModuleCleanup(shutil.rmtree, work)
    # lintian's warnings fail it, too.
    debs.make(build, build / "packages")
    made = debs.find(build / "packages")
    usr = work / "root/usr"
    for name in ("presswatch", "presswatch-dev", "python3-presswatch"):
        debs.extract(made[name], work / "root")
    # Packages of plugins must not be writable by others, and neither must the folders above them.
    (work / "root").chmod(0o755)


class Packages(unittest.TestCase):
    def test_all_are_made_with_the_version_of_the_project(self):
        self.assertEqual(sorted(made), NAMES)
        text = (ROOT / "CMakeLists.txt").read_text(encoding="utf-8")
        version = re.search(r"^project\(presswatch VERSION ([\d.]+)", text, re.M)[1]
        self.assertEqual({debs.field(deb, "Version") for deb in made.values()}, {version})

    def test_they_have_the_same_bytes_when_made_again(self):
        again = work / "again"
        debs.make(build, again)
        for name, deb in debs.find(again).items():
            self.assertTrue(filecmp.cmp(deb, made[name], shallow=False), f"{name} differs from the first time")

    def test_what_configures_the_service_is_kept_as_conffiles(self):
        shipped = {str(file.relative_to(ROOT / "config")) for file in (ROOT / "config").rglob("*.toml")
                   if "demo" not in file.parts}
        self.assertEqual(set(debs.conffiles(made["presswatch"])), {"/etc/presswatch/" + one for one in shipped})

    def test_nothing_names_the_folder_it_was_built_in(self):
        for name, deb in made.items():
            tree = work / "paths" / name
            tree.mkdir(parents=True)
            debs.extract(deb, tree)
            for file in (one for one in tree.rglob("*") if one.is_file() and not one.is_symlink()):
                content = debs.plain_content(file)
                self.assertNotIn(str(ROOT).encode(), content, file)
                if content.startswith(b"\x7fELF"):
                    self.assertEqual(BUILD_PATH.findall(content), [], file)

    def test_the_libraries_that_it_is_built_with_are_named(self):
        control = (ROOT / "debian/control").read_text(encoding="utf-8")
        needed = set(re.findall(r"^ +([a-z0-9.+-]+)", control.split("Build-Depends:", 1)[1].split("\n\n")[0], re.M))
        listed = (ROOT / "scripts/packages.txt").read_text(encoding="utf-8").split("# Libraries\n")[1].split("#")[0].split()
        self.assertEqual(set(listed) - needed, set())

    def test_a_plugin_is_compiled_and_tried_with_the_installed_files(self):
        folder = work / "daily-archive"
        shutil.copytree(usr / "share/presswatch/examples/daily-archive", folder)
        (folder / "CMakeLists.txt").write_text(EXAMPLE.format(version="0.1"), encoding="utf-8")
        # The command takes the headers and the CMake package from beside itself.
        self.assertIn("ok", debs.run(usr / "bin/presswatch", "plugin", "test", folder))

    def test_cmake_finds_the_version_and_no_later_one(self):
        for version, found in (("0.1", True), ("1.0", False)):
            with self.subTest(version):
                folder = work / f"cmake-{version}"
                folder.mkdir()
                (folder / "CMakeLists.txt").write_text(
                    "cmake_minimum_required(VERSION 3.20)\nproject(one LANGUAGES NONE)\n"
                    f"find_package(presswatch {version} REQUIRED)\n", encoding="utf-8")
                done = subprocess.run(["cmake", "-S", folder, "-B", folder / "build", f"-DCMAKE_PREFIX_PATH={usr}"],
                                      check=False, capture_output=True, text=True)
                self.assertEqual(done.returncode == 0, found, done.stderr)

    def test_without_the_headers_it_is_said_which_package_has_them(self):
        without = work / "without"
        debs.extract(made["presswatch"], without)
        done = subprocess.run([without / "usr/bin/presswatch", "plugin", "build",
                               without / "usr/share/presswatch/examples/daily-archive"],
                              check=False, capture_output=True, text=True)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("presswatch-dev", done.stderr)


if __name__ == "__main__":
    build = Path(sys.argv.pop(1)).resolve()
    why_not = debs.cannot_be_made()
    if why_not:
        print(f"SKIPPED: {why_not}")
        sys.exit(77)
    os.umask(0o022)
    unittest.main(verbosity=2)
