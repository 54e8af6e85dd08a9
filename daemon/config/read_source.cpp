#include "config/read_source.hpp"

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
  out.set(std::string(spec.name), read_option_value(reader, spec.name, spec.type));
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
  TableReader reader(table, "source", file, problems);
  SourceSettings source;
  source.place = {file, reader.line()};
  reader.read("id", source.id);
  reader.read("plugin", source.plugin);
  source.name = source.id;
  reader.read("name", source.name);
  reader.read("tags", source.tags);
  reader.read("enabled", source.enabled);
  reader.read("interval", source.interval);
  reader.read("fetch_pages", source.fetch_pages);
  if (!is_id(source.id)) reader.problem("id", "must be 1 to 64 of a-z 0-9 . _ -");
  read_plugin_options(reader, plugins, source);
  const auto twin = std::ranges::find(settings.sources, source.id, &SourceSettings::id);
  if (twin != settings.sources.end()) {
    reader.problem("id", fmt::format("\"{}\" is used twice, first at {}:{}", source.id, twin->place.file.string(),
                                     twin->place.line));
  }
  settings.sources.push_back(std::move(source));
}

}  // namespace

bool is_id(std::string_view text) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
  };
  return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, allowed);
}

void read_sources(const std::filesystem::path& file, const PluginOptions& plugins, Settings& settings,
                  Problems& problems) {
  const auto root = parse_file(file, problems);
  if (!root) return;
  TableReader reader(*root, "", file, problems);
  const toml::node* list = reader.take("source");
  if (list != nullptr && !list->is_array_of_tables()) {
    reader.problem("source", "must be written as [[source]]");
  } else if (list != nullptr) {
    for (const toml::node& one : *list->as_array()) read_source(*one.as_table(), file, plugins, settings, problems);
  }
  reader.finish();
}

}  // namespace pw::config
