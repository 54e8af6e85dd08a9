#pragma once
/// Loads a plugin's shared object into this process.

#include "core/result.hpp"

#include <plugin.h>

#include <cstdint>
#include <filesystem>
#include <memory>

namespace pw::native {

/// How a library is loaded.
enum class Load : std::uint8_t {
  copy,      ///< from a copy in memory: the file may be replaced or overwritten while the library is in use
  in_place,  ///< from the file itself, so that debuggers and sanitizers find its symbols
};

/// A loaded library and the functions it exports. Version, size and mandatory functions are validated before anything
/// is called. Immutable; any thread. The library stays loaded as long as this object lives.
class Library {
 public:
  /// Errc::plugin with what is wrong: not a shared object, a missing symbol, an incompatible version, …
  static Result<std::shared_ptr<const Library>> open(const std::filesystem::path& file, Load how = Load::copy);
  ~Library();
  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;

  /// Members that do not exist in the library's ABI version are null.
  [[nodiscard]] const pw_plugin& plugin() const noexcept { return plugin_; }

 private:
  Library() = default;
  /// Returns false if copying is not possible; loading the file itself may then work, or report why it does not.
  bool load_copy(const std::filesystem::path& file);
  Result<void> read_descriptor();

  void* handle_ = nullptr;
  int copy_ = -1;
  pw_plugin plugin_{};
};

}  // namespace pw::native
