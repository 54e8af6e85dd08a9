#include "builtin.hpp"

#include "feed/feed_source.hpp"
#include "json/json_source.hpp"
#include "sitemap/sitemap_source.hpp"
#include "webpage/webpage_source.hpp"

#include <array>

namespace pw::plugins {

std::span<const source::Plugin> builtin() {
  static const std::array<source::Plugin, 4> plugins{feed_plugin(), sitemap_plugin(), webpage_plugin(), json_plugin()};
  return plugins;
}

}  // namespace pw::plugins
