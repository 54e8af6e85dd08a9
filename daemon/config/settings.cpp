#include "config/settings.hpp"

namespace pw::config {
namespace {

template <class T>
T get_or(const std::map<std::string, OptionValue, std::less<>>& values, std::string_view name, T fallback) {
  const auto found = values.find(name);
  if (found == values.end()) return fallback;
  const T* value = std::get_if<T>(&found->second);
  return value != nullptr ? *value : fallback;
}

}  // namespace

std::string Options::text(std::string_view name, std::string_view fallback) const {
  return get_or<std::string>(values_, name, std::string(fallback));
}

std::int64_t Options::number(std::string_view name, std::int64_t fallback) const {
  return get_or<std::int64_t>(values_, name, fallback);
}

bool Options::flag(std::string_view name, bool fallback) const { return get_or<bool>(values_, name, fallback); }

std::vector<std::string> Options::list(std::string_view name) const {
  return get_or<std::vector<std::string>>(values_, name, {});
}

}  // namespace pw::config
