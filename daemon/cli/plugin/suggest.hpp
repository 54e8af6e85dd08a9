#pragma once
/// Guesses what kind of source an address could be, for `presswatch plugin suggest`.

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
  std::vector<std::pair<std::string, std::string>> options;  ///< of the plugin, all as text
  std::string why;                                           ///< one line, for humans
};

struct Answer {
  std::string_view body;          ///< as fetched
  std::string_view url;           ///< after redirects
  std::string_view content_type;  ///< as sent
  Time now;
};

/// Suggestions, best first; empty when the response could not be a source. Pure.
std::vector<Suggestion> suggest_sources(const Answer& answer);

/// Options of the json plugin that fit the longest list of objects in the document. Pure.
std::vector<std::pair<std::string, std::string>> guess_json_options(const boost::json::value& document, Time now);

/// The suggestion as a source file, with an id derived from the address. `note` is added as comments at the top.
std::string to_toml(const Suggestion& suggestion, const std::string& note);

/// The suggestion as settings for creating the source.
config::SourceSettings to_settings(const Suggestion& suggestion);

}  // namespace pw::cli
