#pragma once
/// A plugin package: a folder with a plugin.toml, which describes the plugin, the options of its sources, and its
/// permissions and limits. docs/plugin-packages.md describes the file.

#include "config/load.hpp"
#include "config/option_spec.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "source/plugin.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace pw::source {

/// What a plugin consists of.
enum class PackageKind : std::uint8_t {
  toml,    ///< no code, only a table of rules
  native,  ///< a shared object with the C ABI of proto/plugin.h
  exec,    ///< a program that exchanges JSON lines on standard input and output
};

/// Where the plugin's code runs.
enum class Isolation : std::uint8_t {
  process,  ///< in a sandboxed child process: no network, no files except its own and the declared ones
  none,     ///< with the permissions of the daemon, which is logged
};

/// Resource limits for a child process of the plugin. Exceeding one terminates the child, and the call fails.
struct Limits {
  std::size_t memory = std::size_t{256} << 20U;  ///< in bytes: data, stack and anonymous memory
  unsigned cpu_seconds = 600;                    ///< CPU time of one child; the host replaces it before the limit is
                                                 ///< reached
  unsigned files = 32;                           ///< open descriptors
  unsigned processes = 1;                        ///< above 1, the program may fork; always 1 for native plugins
  Milliseconds call{10'000};                     ///< duration of one call, in wall time
  std::size_t answer = std::size_t{16} << 20U;   ///< bytes that one call may emit

  friend bool operator==(const Limits&, const Limits&) = default;
};

/// A validated manifest. Immutable once loaded; any thread.
struct Package {
  Package() = default;
  Package(const Package&) = delete;
  Package& operator=(const Package&) = delete;

  std::filesystem::path folder;  ///< absolute; its last component equals `name`
  std::string name;              ///< [a-z0-9_-]{1,64}
  std::string version;
  std::string summary;
  PackageKind kind = PackageKind::native;
  Isolation isolation = Isolation::process;
  Plugin::Body body = Plugin::Body::automatic;
  std::filesystem::path library;            ///< for kind native: absolute path
  std::vector<std::string> command;         ///< for kind exec: program and arguments, run in `folder`
  std::vector<config::OptionSpec> options;  ///< their views point into this object
  Limits limits;
  std::vector<std::filesystem::path> readable;  ///< absolute paths of further files and folders that may be read
  /// Changes whenever a file in the folder changes. A reload uses it to detect modified plugins.
  std::uint64_t fingerprint = 0;

 private:
  friend class ManifestReader;
  std::deque<std::string> names_;
  std::deque<config::OptionValue> fallbacks_;
};

std::string_view to_string(PackageKind kind) noexcept;
std::string_view to_string(Isolation isolation) noexcept;

/// A package that must not be used, with all reasons.
struct Refusal {
  std::string name;                        ///< name of the folder
  std::vector<config::Problem> problems;   ///< at least one
  [[nodiscard]] std::string text() const;  ///< one line per problem: "file:line: message"
};

/// Reads and validates the package in `folder`. Rejects invalid manifests, files and folders that belong to users other
/// than root and the daemon's own or that are writable by group or others, and packages with more than 4096 files.
/// Blocks on the file system.
Result<std::shared_ptr<const Package>, Refusal> read_package(const std::filesystem::path& folder);

/// The folders in `directory` that contain a plugin.toml, sorted by name; none if the directory does not exist.
std::vector<std::filesystem::path> find_packages(const std::filesystem::path& directory);

}  // namespace pw::source
