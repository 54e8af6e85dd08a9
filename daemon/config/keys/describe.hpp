#pragma once
/// The rows of the key tables as plain values, from which every form of the reference is generated. Any thread.

#include "config/keys/key.hpp"

#include <boost/json/object.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pw::config {

struct KeyReference {
  std::string_view name;
  std::string_view help;
  std::string type;      ///< human-readable
  std::string fallback;  ///< the default as TOML; empty: none
  std::string example;   ///< as TOML; empty: the default serves as one
  Need need = Need::none;
  bool restart = false;
  boost::json::object schema;
  std::vector<KeyReference> inner{};  ///< keys of a nested table
};

/// Additional keys that a table has when one of its keys has a certain value, such as plugin = "feed".
struct VariantReference {
  std::string_view key;
  std::string_view value;
  std::string_view help;
  std::vector<KeyReference> keys;
};

struct TableReference {
  enum class Shape : std::uint8_t {
    table,  ///< [NAME]
    list,   ///< [[NAME]], repeatable
    map,    ///< [NAME.WORD], repeatable
    root,   ///< the top level of the file
  };
  std::string_view name;
  std::string_view help;
  std::vector<KeyReference> keys;
  Shape shape = Shape::table;
  std::vector<VariantReference> variants{};
  bool open = false;  ///< other keys, unknown here, are allowed
};

struct FileReference {
  std::string_view name;   ///< "sources.d/*.toml"
  std::string_view title;  ///< "Source files"
  std::string_view help;
  std::vector<TableReference> tables;
};

/// Describes a key with these limits and this default value.
KeyReference describe_value(const Limits& limits, const std::string& value);
KeyReference describe_value(const Limits& limits, const std::filesystem::path& value);
KeyReference describe_value(const Limits& limits, const bool& value);
KeyReference describe_value(const Limits& limits, const unsigned& value);
KeyReference describe_value(const Limits& limits, const std::size_t& value);
KeyReference describe_value(const Limits& limits, const double& value);
KeyReference describe_value(const Limits& limits, const Milliseconds& value);
KeyReference describe_value(const Limits& limits, const std::optional<Time>& value);
KeyReference describe_value(const Limits& limits, const std::vector<std::string>& value);
KeyReference describe_value(const Limits& limits, const std::vector<std::filesystem::path>& value);
KeyReference describe_value(const Limits& limits, const OwnerSettings& value);
KeyReference describe_value(const Limits& limits, const std::optional<ActiveSettings>& value);
KeyReference describe_value(const Limits& limits, const std::vector<NameSettings>& value);
KeyReference describe_value(const Limits& limits, const std::optional<OptionValue>& value);

/// Concatenates the keys of two tables that are read from the same TOML table.
std::vector<KeyReference> joined(std::vector<KeyReference> first, std::vector<KeyReference> second);

template <class S>
std::vector<KeyReference> describe(std::span<const Key<S>> keys, const S& defaults) {
  std::vector<KeyReference> out;
  for (const Key<S>& key : keys) {
    KeyReference one =
        std::visit([&](auto member) { return describe_value(key.limits, defaults.*member); }, key.member);
    one.name = key.name;
    one.help = key.help;
    if (!key.limits.example.empty()) one.example = key.limits.example;
    one.need = key.limits.need;
    one.restart = key.change == Change::restart;
    one.schema["description"] = key.help;
    out.push_back(std::move(one));
  }
  return out;
}

/// Describes the options of a plugin.
std::vector<KeyReference> describe(std::span<const OptionSpec> specs);

}  // namespace pw::config
