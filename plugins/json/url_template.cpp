#include "json/url_template.hpp"

#include "core/codec/percent.hpp"
#include "core/text.hpp"

#include <spdlog/fmt/fmt.h>
#include <spdlog/fmt/ranges.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <stdexcept>

namespace pw::plugins {
namespace {

constexpr std::array<std::string_view, 5> kHoles{"cursor", "offset", "page", "since", "since_iso"};

std::string value_of(std::string_view hole, const UrlValues& values) {
  if (hole == "page") return std::to_string(values.page);
  if (hole == "offset") return std::to_string(values.offset);
  if (hole == "cursor") return escape_value(values.cursor);
  const auto seconds = std::chrono::floor<std::chrono::seconds>(values.since);
  if (hole == "since") return std::to_string(seconds.time_since_epoch().count());
  return escape_value(to_iso8601(seconds));
}

}  // namespace

UrlTemplate::UrlTemplate(std::string_view text) {
  while (!text.empty()) {
    const std::size_t open = std::min(text.find('{'), text.size());
    Part part{std::string(text.substr(0, open)), ""};
    text.remove_prefix(open);
    if (!text.empty()) {
      const std::size_t close = std::min(text.find('}'), text.size());
      part.hole = text.substr(1, close - 1);
      if (close == text.size() || std::ranges::find(kHoles, part.hole) == kHoles.end()) {
        throw std::invalid_argument(fmt::format("url: \"{{{}}}\" is not a known placeholder; known are {{{}}}",
                                                printable(part.hole), fmt::join(kHoles, "}, {")));
      }
      text.remove_prefix(close + 1);
    }
    parts_.push_back(std::move(part));
  }
}

std::string UrlTemplate::expand(const UrlValues& values) const {
  std::string out;
  for (const Part& part : parts_) {
    out += part.literal;
    if (!part.hole.empty()) out += value_of(part.hole, values);
  }
  return out;
}

bool UrlTemplate::has(std::string_view hole) const {
  return std::ranges::find(parts_, hole, &Part::hole) != parts_.end();
}

}  // namespace pw::plugins
