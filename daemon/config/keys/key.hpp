#pragma once
/// A configuration key as one row: name, target member, limits and help text. The reader, the commented sample,
/// presswatch.toml(5) and the JSON Schema all use these rows.

#include "config/option_spec.hpp"
#include "config/settings.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace pw::config {

/// When a changed value takes effect.
enum class Change : std::uint8_t {
  reload,   ///< by `presswatch reload`
  restart,  ///< at the next start of the daemon; a reload that changes the key reports this
};

/// The required form of a text.
enum class Form : std::uint8_t {
  any,
  id,        ///< [a-z0-9._-]{1,64}
  web,       ///< an http or https URL, or empty
  language,  ///< the code of a language; of lists
};

/// Whether the key is mandatory.
enum class Need : std::uint8_t {
  none,
  required,  ///< a missing key is reported by read_keys()
  checked,   ///< required, but reported by the reader of the table, whose message is more specific
  one_of,    ///< exactly one of the keys with this need; reported by the reader of the table
};

/// Constraints on a value beyond its type.
struct Limits {
  std::size_t least = 0;  ///< smallest number; for a duration, in milliseconds
  std::size_t most = kMostNumber;
  bool bytes = false;  ///< a size: 65536, "64KiB" or "8MiB"
  /// Allowed words of a text or list; for a bool, the words for true and for false.
  std::span<const std::string_view> choices{};
  Form form = Form::any;
  Need need = Need::none;
  std::string_view example{};  ///< as TOML, if the default is not a good example
};

/// The member of a settings struct that a key sets. Its type determines the type of the value.
template <class S>
using Member =
    std::variant<std::string S::*, std::filesystem::path S::*, bool S::*, unsigned S::*, std::size_t S::*, double S::*,
                 Milliseconds S::*, std::optional<Time> S::*, std::vector<std::string> S::*,
                 std::vector<std::filesystem::path> S::*, OwnerSettings S::*, std::optional<ActiveSettings> S::*,
                 std::vector<NameSettings> S::*, std::optional<OptionValue> S::*>;

template <class S>
struct Key {
  std::string_view name;
  Member<S> member;  ///< its default is the struct's initial value
  Change change = Change::reload;
  std::string_view help;  ///< one or two sentences for humans
  Limits limits{};
};

/// A table of a file, such as [fetch].
template <class S>
struct Section {
  std::string_view name;
  std::string_view help;
  std::span<const Key<S>> keys;
};

}  // namespace pw::config
