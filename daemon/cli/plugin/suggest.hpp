#pragma once
/// What kind of source an address could be: the guesses behind `presswatch plugin suggest`.

#include "core/result.hpp"
#include "core/time.hpp"
#include "source/plugin.hpp"

#include <boost/json/value.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pw::cli {

struct Suggestion {
  std::string plugin;
  std::vector<std::pair<std::string, std::string>> options;  ///< of the plugin, all texts
  std::string why;                                           ///< one line, for people
};

struct Answer {
  std::string_view body;          ///< as fetched
  std::string_view url;           ///< after redirects
  std::string_view content_type;  ///< as sent
  Time now;
};

/// The most promising first; empty when nothing of the answer could be a source. Pure.
std::vector<Suggestion> suggest_sources(const Answer& answer);

/// The options of plugin json that fit the longest list of objects in the document. Pure.
std::vector<std::pair<std::string, std::string>> guess_json_options(const boost::json::value& document, Time now);

/// A source file of it, with an id made of the address. `note` becomes comments above.
std::string to_toml(const Suggestion& suggestion, const std::string& note);

/// The suggestion as settings to make the source with.
config::SourceSettings to_settings(const Suggestion& suggestion);

}  // namespace pw::cli
