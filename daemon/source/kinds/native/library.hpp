#pragma once
/// A plugin's shared object in this process.

#include "core/result.hpp"

#include <plugin.h>

#include <cstdint>
#include <filesystem>
#include <memory>

namespace pw::native {

/// How a library is loaded.
enum class Load : std::uint8_t {
  copy,      ///< from a copy in memory: the file may be replaced, even written over, while the library is in use
  in_place,  ///< the file itself, so that debuggers and sanitizers find its symbols
};

/// A loaded library and the functions that it offers, looked at before anything is called: version, size, no function
/// that must be there is missing. Immutable; any thread. The library stays loaded as long as this lives.
class Library {
 public:
  /// Errc::plugin with what is wrong: not a shared object, a symbol is missing, another version, …
  static Result<std::shared_ptr<const Library>> open(const std::filesystem::path& file, Load how = Load::copy);
  ~Library();
  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;

  /// Members that the library's version does not have are null.
  [[nodiscard]] const pw_plugin& plugin() const noexcept { return plugin_; }

 private:
  Library() = default;
  /// False where it cannot be done; the file itself may then do better, or says why it does not.
  bool load_copy(const std::filesystem::path& file);
  Result<void> read_descriptor();

  void* handle_ = nullptr;
  int copy_ = -1;
  pw_plugin plugin_{};
};

}  // namespace pw::native
