#pragma once
/// A plugin that is not compiled in: a folder with a plugin.toml, which says what the plugin is, which options its
/// sources take, and what it may have. docs/plugin-packages.md describes the file.

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

enum class PackageKind : std::uint8_t {
  toml,    ///< no code: a table of rules
  native,  ///< a shared object with the C ABI of proto/plugin.h
  exec,    ///< a program that speaks JSON lines on its standard input and output
};

enum class Isolation : std::uint8_t {
  process,  ///< in a confined child: no network, no files but its own and those declared
  none,     ///< with the rights of the daemon; said out loud
};

/// What a child of the plugin may use. Reaching a limit ends the child and costs the source its turn.
struct Limits {
  std::size_t memory = std::size_t{256} << 20U;  ///< bytes of data, stack and anonymous memory
  unsigned cpu_seconds = 600;                    ///< of one child's life; the host starts a new one in time
  unsigned files = 32;                           ///< open descriptors
  unsigned processes = 1;                        ///< above 1 an executable may fork; never a native plugin
  Milliseconds call{10'000};                     ///< wall time of one call
  std::size_t answer = std::size_t{16} << 20U;   ///< bytes that one call may emit

  friend bool operator==(const Limits&, const Limits&) = default;
};

/// A manifest as read and checked. Immutable once loaded; any thread.
struct Package {
  Package() = default;
  Package(const Package&) = delete;
  Package& operator=(const Package&) = delete;

  std::filesystem::path folder;  ///< absolute; its last component is the name
  std::string name;              ///< [a-z0-9_-]{1,64}
  std::string version;
  std::string summary;
  PackageKind kind = PackageKind::native;
  Isolation isolation = Isolation::process;
  Plugin::Body body = Plugin::Body::automatic;
  std::filesystem::path library;            ///< of kind native: absolute
  std::vector<std::string> command;         ///< of kind exec: program and arguments; run in the folder
  std::vector<config::OptionSpec> options;  ///< views into this object
  Limits limits;
  std::vector<std::filesystem::path> readable;  ///< absolute files and folders beside its own
  /// Changes when a file of the folder does: what a reload looks at to tell whether the plugin is the same.
  std::uint64_t fingerprint = 0;

 private:
  friend class ManifestReader;
  std::deque<std::string> names_;
  std::deque<config::OptionValue> fallbacks_;
};

std::string_view to_string(PackageKind kind) noexcept;
std::string_view to_string(Isolation isolation) noexcept;

/// A folder that holds no plugin that may be used, and every reason.
struct Refusal {
  std::string name;                        ///< of the folder
  std::vector<config::Problem> problems;   ///< at least one
  [[nodiscard]] std::string text() const;  ///< a line each: "file:line: message"
};

/// Reads and checks the package in `folder`. Refused: a manifest with a mistake; a folder or file in it that belongs to
/// anyone but root and the daemon's own user, or that group or others may write; more than 4096 files.
Result<std::shared_ptr<const Package>, Refusal> read_package(const std::filesystem::path& folder);

/// The folders in `directory` that hold a plugin.toml, by name. A directory that does not exist holds none.
std::vector<std::filesystem::path> find_packages(const std::filesystem::path& directory);

}  // namespace pw::source
