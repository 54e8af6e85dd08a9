#pragma once
/// Reads the keys of a table into its settings struct. Private to config/.

#include "config/keys/key.hpp"
#include "config/table_reader.hpp"

#include <string>

namespace pw::config {

inline void read_value(TableReader& in, std::string_view name, const Limits& limits, std::string& out) {
  if (limits.choices.empty()) {
    in.read(name, out);
  } else {
    in.read_choice(name, out, limits.choices);
  }
}

inline void read_value(TableReader& in, std::string_view name, const Limits& limits, std::size_t& out) {
  if (limits.bytes) {
    in.read_bytes(name, out);
  } else {
    in.read(name, out, limits.least);
  }
}

inline void read_value(TableReader& in, std::string_view name, const Limits& limits, unsigned& out) {
  in.read(name, out, static_cast<unsigned>(limits.least));
}

inline void read_value(TableReader& in, std::string_view name, const Limits& limits, Milliseconds& out) {
  in.read(name, out);
  const Milliseconds least{static_cast<Milliseconds::rep>(limits.least)};
  if (out < least) in.problem(name, "must be at least " + to_string(least));
}

inline void read_value(TableReader& in, std::string_view name, const Limits& /*limits*/,
                       std::vector<std::filesystem::path>& out) {
  std::vector<std::string> texts;
  in.read(name, texts);
  if (in.has(name)) out.assign(texts.begin(), texts.end());
}

template <class T>
void read_value(TableReader& in, std::string_view name, const Limits& /*limits*/, T& out) {
  in.read(name, out);
}

/// Mistakes go to the reader's problems, and the value stays as it was.
template <class S>
void read_keys(TableReader& in, std::span<const Key<S>> keys, S& out) {
  for (const Key<S>& key : keys) {
    std::visit([&](auto member) { read_value(in, key.name, key.limits, out.*member); }, key.member);
  }
}

}  // namespace pw::config
