#pragma once
/// Reads the keys of a table into a settings struct. Any thread.

#include "config/keys/key.hpp"
#include "config/table_reader.hpp"

#include <string>

namespace pw::config {

/// Reads one value. On an error, reports a problem to the reader and leaves `out` unchanged.
void read_value(TableReader& in, std::string_view name, const Limits& limits, std::string& out);
void read_value(TableReader& in, std::string_view name, const Limits& limits, std::filesystem::path& out);
void read_value(TableReader& in, std::string_view name, const Limits& limits, bool& out);
void read_value(TableReader& in, std::string_view name, const Limits& limits, unsigned& out);
void read_value(TableReader& in, std::string_view name, const Limits& limits, std::size_t& out);
void read_value(TableReader& in, std::string_view name, const Limits& limits, double& out);
void read_value(TableReader& in, std::string_view name, const Limits& limits, Milliseconds& out);
void read_value(TableReader& in, std::string_view name, const Limits& limits, std::optional<Time>& out);
void read_value(TableReader& in, std::string_view name, const Limits& limits, std::vector<std::string>& out);
void read_value(TableReader& in, std::string_view name, const Limits& limits, std::vector<std::filesystem::path>& out);
/// "Dana Keller", or { name = "Dana Keller", contact = "desk@example.org" }.
void read_value(TableReader& in, std::string_view name, const Limits& limits, OwnerSettings& out);
void read_value(TableReader& in, std::string_view name, const Limits& limits, std::optional<ActiveSettings>& out);
void read_value(TableReader& in, std::string_view name, const Limits& limits, std::vector<NameSettings>& out);
/// Marks the key as known but does not read its value: its type depends on another key, so the table's reader does.
void read_value(TableReader& in, std::string_view name, const Limits& limits, std::optional<OptionValue>& out);

/// Reports a mandatory key that is missing.
void check_need(TableReader& in, std::string_view name, const Limits& limits, std::string_view help);

template <class S>
void read_keys(TableReader& in, std::span<const Key<S>> keys, S& out) {
  for (const Key<S>& key : keys) {
    std::visit([&](auto member) { read_value(in, key.name, key.limits, out.*member); }, key.member);
    check_need(in, key.name, key.limits, key.help);
  }
}

/// True for [a-z0-9._-]{1,64}, the form of source and watchlist ids.
bool is_id(std::string_view text);

/// True when the text starts like an http or https URL.
bool is_web(std::string_view text);

/// Formats a size as in TOML: 1000, "64KiB", "8MiB".
std::string size_text(std::size_t bytes);

}  // namespace pw::config
