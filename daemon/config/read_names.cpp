#include "config/read_names.hpp"

#include "config/keys/read_keys.hpp"
#include "config/keys/watchlist_keys.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>

namespace pw::config {

void read_names(const std::filesystem::path& file, Settings& settings, Problems& problems) {
  const auto root = parse_file(file, problems);
  if (!root) return;
  TableReader reader(*root, "", file, problems);
  NameFile fresh;
  read_keys<NameFile>(reader, kNameFileKeys, fresh);
  for (NameSettings& one : fresh.names) {
    const auto twin = std::ranges::find(settings.names, one.name, &NameSettings::name);
    if (twin != settings.names.end()) {
      problems.add(one.place, fmt::format("names.{} stands already in {}:{}", one.name, twin->place.file.string(),
                                          twin->place.line));
    }
    settings.names.push_back(std::move(one));
  }
  reader.finish();
}

}  // namespace pw::config
