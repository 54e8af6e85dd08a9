#include "config/settings.hpp"

#include <spdlog/fmt/fmt.h>

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

std::string Options::all_as_text() const {
  std::string out;
  const auto add = [&out](std::string_view part) { out += fmt::format("{}:{}\n", part.size(), part); };
  for (const auto& [name, value] : values_) {
    add(name);
    if (const auto* text = std::get_if<std::string>(&value)) {
      add(*text);
    } else if (const auto* number = std::get_if<std::int64_t>(&value)) {
      add(std::to_string(*number));
    } else if (const auto* flag = std::get_if<bool>(&value)) {
      add(*flag ? "true" : "false");
    } else if (const auto* list = std::get_if<std::vector<std::string>>(&value)) {
      for (const std::string& one : *list) add(one);
    } else {
      add(std::to_string(std::get<Milliseconds>(value).count()));
    }
  }
  return out;
}

Place MainSettings::place_of(std::string_view key) const {
  const auto found = given.find(key);
  return found != given.end() ? found->second : Place{file};
}

}  // namespace pw::config
