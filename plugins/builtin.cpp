#include "builtin.hpp"

#include "feed/feed_source.hpp"
#include "sitemap/sitemap_source.hpp"
#include "webpage/webpage_source.hpp"

#include <array>

namespace pw::plugins {

const source::Registry& builtin() {
  static const std::array<source::Plugin, 3> plugins{feed_plugin(), sitemap_plugin(), webpage_plugin()};
  static const source::Registry registry(plugins);
  return registry;
}

}  // namespace pw::plugins
