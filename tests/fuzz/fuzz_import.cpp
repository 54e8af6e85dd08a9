#include "config/load.hpp"
#include "watchlist/cut_list.hpp"
#include "watchlist/imported.hpp"
#include "watchlist/list_text.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace {

/// Anything imported without a problem must convert to a file that can be parsed, or that the configuration rejects.
void import(const pw::watchlist::Imported& imported) {
  if (!imported.problems.empty()) return;
  std::string text;
  for (const auto& list : imported.lists) text += pw::watchlist::to_toml(list);
  pw::config::Settings settings;
  try {
    pw::config::add_watchlists(text, "fuzz.toml", settings);
  } catch (const pw::config::ConfigError&) {
    return;
  }
  if (settings.watchlists.size() != imported.lists.size()) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  import(pw::watchlist::import_csv(input, {}, ""));
  import(pw::watchlist::import_lines(input, {}, ""));
  const auto rest = pw::watchlist::cut_list(input, "a");
  if (rest && rest->size() >= size) __builtin_trap();
  return 0;
}
