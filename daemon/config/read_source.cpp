#include "config/read_source.hpp"

#include "config/keys/read_keys.hpp"
#include "config/keys/source_keys.hpp"
#include "core/text.hpp"

#include <spdlog/fmt/fmt.h>
#include <spdlog/fmt/ranges.h>

#include <algorithm>

namespace pw::config {
namespace {

void read_option(TableReader& reader, const OptionSpec& spec, Options& out) {
  if (!reader.has(spec.name)) {
    reader.take(spec.name);
    if (spec.fallback != nullptr) out.set(std::string(spec.name), *spec.fallback);
    if (spec.required) reader.problem(spec.name, fmt::format("is missing: {}", spec.help));
    return;
  }
  out.set(std::string(spec.name), read_option_value(reader, spec.name, spec.type, spec.range));
}

void read_plugin_options(TableReader& reader, const PluginOptions& plugins, SourceSettings& source) {
  if (source.plugin.empty()) {
    reader.problem("plugin", fmt::format("is missing; use one of {}", fmt::join(plugins.names, ", ")));
    return;
  }
  const auto declared = plugins.find(source.plugin);
  if (!declared) {
    const std::string_view near = nearest_name(source.plugin, plugins.names);
    reader.problem("plugin", near.empty() ? fmt::format("\"{}\" is unknown; there are {}", printable(source.plugin),
                                                        fmt::join(plugins.names, ", "))
                                          : fmt::format("\"{}\" is unknown; did you mean \"{}\"?",
                                                        printable(source.plugin), near));
    return;
  }
  if (!declared->checked) return;
  for (const OptionSpec& spec : declared->specs) read_option(reader, spec, source.options);
  reader.finish();
}

void read_source(const toml::table& table, const std::filesystem::path& file, const PluginOptions& plugins,
                 Settings& settings, Problems& problems) {
  TableReader reader(table, std::string(kSourceSection.name), file, problems);
  const std::size_t before = problems.list().size();
  SourceSettings source;
  source.place = reader.place();
  read_keys(reader, kSourceSection.keys, source);
  if (!reader.has("name")) source.name = source.id;
  read_plugin_options(reader, plugins, source);
  const auto twin = std::ranges::find(settings.sources, source.id, &SourceSettings::id);
  if (twin != settings.sources.end()) {
    reader.problem("id", fmt::format("\"{}\" is used twice, first at {}:{}", source.id, twin->place.file.string(),
                                     twin->place.line));
  }
  // What has errors cannot be made, but its id and tags are known.
  if (problems.list().size() > before) source.plugin.clear();
  settings.sources.push_back(std::move(source));
}

}  // namespace

void read_sources(const std::filesystem::path& file, const PluginOptions& plugins, Settings& settings,
                  Problems& problems) {
  const auto root = parse_file(file, problems);
  if (!root) return;
  TableReader reader(*root, "", file, problems);
  for (const toml::table* one : reader.take_tables(kSourceSection.name)) {
    read_source(*one, file, plugins, settings, problems);
  }
  reader.finish();
}

}  // namespace pw::config
