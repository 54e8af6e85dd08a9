#pragma once
/// The table of all keys of plugin.toml, the manifest of a plugin package. Private to source/.

#include "config/keys/key.hpp"
#include "source/package.hpp"

#include <array>

namespace pw::source {

using config::Change;
using config::Key;
using config::Need;

/// A keyword of the manifest and its value.
template <class Enum>
struct Choice {
  std::string_view name;
  Enum value;
};

inline constexpr std::array<Choice<PackageKind>, 3> kKinds{
    {{"toml", PackageKind::toml}, {"native", PackageKind::native}, {"exec", PackageKind::exec}}};
inline constexpr std::array<Choice<Isolation>, 2> kIsolations{
    {{"process", Isolation::process}, {"none", Isolation::none}}};
inline constexpr std::array<Choice<Plugin::Body>, 4> kBodies{{{"auto", Plugin::Body::automatic},
                                                              {"xml", Plugin::Body::xml},
                                                              {"html", Plugin::Body::html},
                                                              {"raw", Plugin::Body::raw}}};
inline constexpr std::array<Choice<config::OptionType>, 6> kTypes{{{"text", config::OptionType::text},
                                                                   {"url", config::OptionType::url},
                                                                   {"number", config::OptionType::number},
                                                                   {"flag", config::OptionType::flag},
                                                                   {"list", config::OptionType::list},
                                                                   {"selector", config::OptionType::selector}}};

template <class Enum, std::size_t N>
constexpr std::array<std::string_view, N> names_of(const std::array<Choice<Enum>, N>& choices) {
  std::array<std::string_view, N> out{};
  for (std::size_t i = 0; i < N; ++i) out[i] = choices[i].name;
  return out;
}

inline constexpr auto kKindNames = names_of(kKinds);
inline constexpr auto kIsolationNames = names_of(kIsolations);
inline constexpr auto kBodyNames = names_of(kBodies);
inline constexpr auto kTypeNames = names_of(kTypes);

/// [plugin], as written.
struct ManifestPlugin {
  std::string name;
  std::string version;
  std::string summary;
  std::string kind;
  std::string isolation = "process";
  std::string body = "auto";
  std::string library;
  std::vector<std::string> command;
};

inline constexpr auto kPluginKeys = std::to_array<Key<ManifestPlugin>>({
    {"name",
     &ManifestPlugin::name,
     Change::reload,
     "Name of the plugin and of its folder: 1 to 64 of a-z 0-9 _ -",
     {.need = Need::checked, .example = "\"example\""}},
    {"version",
     &ManifestPlugin::version,
     Change::reload,
     "Version of the package, as in \"1.0.0\".",
     {.need = Need::required, .example = "\"1.0.0\""}},
    {"summary", &ManifestPlugin::summary, Change::reload, "One line for `presswatch plugin list`."},
    {"kind",
     &ManifestPlugin::kind,
     Change::reload,
     "toml: rules without code; native: a shared object; exec: a program.",
     {.choices = kKindNames, .need = Need::required, .example = "\"exec\""}},
    {"isolation",
     &ManifestPlugin::isolation,
     Change::reload,
     "process: in a sandboxed child process; none: with all privileges of the daemon.",
     {.choices = kIsolationNames}},
    {"body",
     &ManifestPlugin::body,
     Change::reload,
     "How responses are decoded to UTF-8; auto goes by their Content-Type.",
     {.choices = kBodyNames}},
    {"library",
     &ManifestPlugin::library,
     Change::reload,
     "Of kind native: a file in the folder of the package.",
     {.example = "\"plugin.so\""}},
    {"command",
     &ManifestPlugin::command,
     Change::reload,
     "Of kind exec: the program and its arguments; it runs in the folder of the package.",
     {.example = "[\"python3\", \"plugin.py\"]"}},
});

/// [options.NAME], as written.
struct ManifestOption {
  std::string type = "text";
  std::string help;
  bool required = false;
  std::optional<config::OptionValue> fallback;
};

inline constexpr auto kOptionKeys = std::to_array<Key<ManifestOption>>({
    {"type",
     &ManifestOption::type,
     Change::reload,
     "Type of the option; it is checked before the plugin runs.",
     {.choices = kTypeNames}},
    {"help", &ManifestOption::help, Change::reload, "One line for `presswatch plugin info`."},
    {"required", &ManifestOption::required, Change::reload, "Whether a source must give the option."},
    {"default",
     &ManifestOption::fallback,
     Change::reload,
     "The value if a source does not give the option.",
     {.example = "\"world\""}},
});

inline constexpr auto kLimitKeys = std::to_array<Key<Limits>>({
    {"memory",
     &Limits::memory,
     Change::reload,
     "Data, stack and anonymous memory of a child process.",
     {.least = std::size_t{16} << 20U, .bytes = true}},
    {"cpu_seconds",
     &Limits::cpu_seconds,
     Change::reload,
     "CPU time over the lifetime of a child; it is replaced by a new one in time.",
     {.least = 1}},
    {"files", &Limits::files, Change::reload, "Open file descriptors.", {.least = 8}},
    {"processes",
     &Limits::processes,
     Change::reload,
     "Above 1, a program may fork; always 1 for kind native.",
     {.least = 1}},
    {"call", &Limits::call, Change::reload, "Wall-clock time of one call.", {.least = 100}},
    {"answer", &Limits::answer, Change::reload, "Output of one call.", {.least = 4096, .bytes = true}},
});

/// [access], as written.
struct ManifestAccess {
  std::vector<std::string> read;
};

inline constexpr auto kAccessKeys = std::to_array<Key<ManifestAccess>>({
    {"read",
     &ManifestAccess::read,
     Change::reload,
     "Absolute paths that the plugin may read, in addition to its own folder.",
     {.example = "[\"/usr/share/zoneinfo\"]"}},
});

}  // namespace pw::source
