#pragma once
/// A configuration key as one row: its name, where its value goes, what it may be, and what the reference says of it.
/// The reader, the commented sample, presswatch.toml(5) and the JSON Schema are all made from these rows.

#include "core/time.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace pw::config {

/// When a changed value takes effect.
enum class Change : std::uint8_t {
  reload,   ///< with `presswatch reload`
  restart,  ///< when the daemon is started again; a reload that changes the key says so
};

/// What a value may be beyond its type.
struct Limits {
  std::size_t least = 0;  ///< smallest number; of a duration, milliseconds
  bool bytes = false;     ///< a size: 65536, "64KiB" or "8MiB"
  std::span<const std::string_view> choices{};
};

/// The member of a settings struct that a key sets; its type is the type of the value.
template <class S>
using Member = std::variant<std::string S::*, std::filesystem::path S::*, bool S::*, unsigned S::*, std::size_t S::*,
                            Milliseconds S::*, std::vector<std::string> S::*, std::vector<std::filesystem::path> S::*>;

template <class S>
struct Key {
  std::string_view name;
  Member<S> member;  ///< its default is what the struct is made with
  Change change = Change::reload;
  std::string_view help;  ///< one sentence or two, for people
  Limits limits{};
};

/// A table of the main file, as [fetch].
template <class S>
struct Section {
  std::string_view name;
  std::string_view help;
  std::span<const Key<S>> keys;
};

}  // namespace pw::config
