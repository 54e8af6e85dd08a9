#pragma once
/// A configuration key as one row: its name, where its value goes, what it may be, and what the reference says of it.
/// The reader, the commented sample, presswatch.toml(5) and the JSON Schema are all made from these rows.

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
  reload,   ///< with `presswatch reload`
  restart,  ///< when the daemon is started again; a reload that changes the key says so
};

/// What a text must look like.
enum class Form : std::uint8_t {
  any,
  id,   ///< [a-z0-9._-]{1,64}
  web,  ///< an http or https URL, or empty
};

/// Must the key be there?
enum class Need : std::uint8_t {
  none,
  required,  ///< the reader of the keys reports it where it is missing
  checked,   ///< required as well, but reported by whoever reads the table, who can say more
  one_of,    ///< exactly one of the keys with this need; reported by whoever reads the table
};

/// What a value may be beyond its type.
struct Limits {
  std::size_t least = 0;  ///< smallest number; of a duration, milliseconds
  std::size_t most = kMostNumber;
  bool bytes = false;  ///< a size: 65536, "64KiB" or "8MiB"
  /// The words that a text or a list may hold; of a bool, the words for true and for false.
  std::span<const std::string_view> choices{};
  Form form = Form::any;
  Need need = Need::none;
  std::string_view example{};  ///< as TOML, where the default is no good one
};

/// The member of a settings struct that a key sets; its type is the type of the value.
template <class S>
using Member =
    std::variant<std::string S::*, std::filesystem::path S::*, bool S::*, unsigned S::*, std::size_t S::*, double S::*,
                 Milliseconds S::*, std::optional<Time> S::*, std::vector<std::string> S::*,
                 std::vector<std::filesystem::path> S::*, OwnerSettings S::*, std::optional<ActiveSettings> S::*,
                 std::vector<NameSettings> S::*, std::optional<OptionValue> S::*>;

template <class S>
struct Key {
  std::string_view name;
  Member<S> member;  ///< its default is what the struct is made with
  Change change = Change::reload;
  std::string_view help;  ///< one sentence or two, for people
  Limits limits{};
};

/// A table of a file, as [fetch].
template <class S>
struct Section {
  std::string_view name;
  std::string_view help;
  std::span<const Key<S>> keys;
};

}  // namespace pw::config
