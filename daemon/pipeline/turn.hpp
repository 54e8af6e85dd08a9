#pragma once
/// What one turn of a source brought, and the small rules of a turn. Pure.

#include "core/result.hpp"
#include "fetch/fetch_types.hpp"
#include "source/plugin.hpp"
#include "source/usable.hpp"
#include "store/store.hpp"

#include <algorithm>
#include <exception>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace pw::pipeline {

struct Round {
  std::vector<source::Item> items;
  std::optional<std::string> cursor;
  std::vector<store::Validators> validators;
  std::vector<store::Validators> unreadable;  ///< emptied, so that a mended answer is not hidden behind a 304
  std::vector<std::string> warnings;
  source::Pace pace;
  std::optional<Error> error;
  std::optional<Milliseconds> max_age;
  std::optional<Milliseconds> retry_after;
  Time seen{};
  std::optional<Time> answered;  ///< when the first answer was sent, by the clock of its server
  std::size_t fresh = 0;         ///< items that the store did not have
  bool changed = false;          ///< at least one answer was not a 304
  bool incomplete = false;       ///< an item is still to be had: ask for the same again
  std::size_t listed = 0;        ///< entries that the answers held, items or not
  bool not_modified = false;     ///< at least one answer was a 304
  int status = 0;                ///< of the answer that was an error; 0: there was none
  std::string asked;             ///< the URL of the first request, as the plugin gave it
  std::string permanent;         ///< where that one redirects permanently
  bool by_new_address = false;   ///< it was asked at its new address
  std::string hub;               ///< WebSub
  std::string topic;

  void take(source::Emitted&& emitted) {
    listed += emitted.items.size() + emitted.passed_over;
    if (!emitted.hub.empty()) hub = std::move(emitted.hub);
    if (!emitted.topic.empty()) topic = std::move(emitted.topic);
    std::ranges::move(emitted.items, std::back_inserter(items));
    for (std::string& warning : emitted.warnings) source::add_warning(warnings, std::move(warning));
    if (emitted.cursor) cursor = std::move(emitted.cursor);
    if (emitted.pace != source::Pace{}) pace = emitted.pace;
  }

  [[nodiscard]] bool gone() const { return status == 410 && !by_new_address; }
};

/// A plugin's call with what it throws turned into an Error: a plugin loses its turn, never the daemon.
template <class F>
auto guarded(F&& call) -> decltype(call()) {
  try {
    return call();
  } catch (const std::exception& error) {
    return fail(Errc::plugin, "the plugin failed: {}", error.what());
  }
}

/// A source's call whose items are within the limits of all items, whichever plugin made them.
template <class F>
Result<source::Emitted> settled(F&& call) {
  return guarded([&]() -> Result<source::Emitted> {
    Result<source::Emitted> out = call();
    if (out) source::settle(*out);
    return out;
  });
}

/// "https://host/feed answered 404", and what it means.
Error status_error(const fetch::FetchResponse& response);

/// May the same request succeed later? (timeouts, resets, 408, 429, 5xx)
bool is_transient(const Error& error, int status);

struct Body {
  std::string text;  ///< UTF-8
  std::string note;  ///< what was doubtful about its charset; else empty
};

/// A source's answer as text, un-gzipped where the file itself is gzip.
Body decode_body(source::Plugin::Body kind, const fetch::FetchResponse& response);

/// How long a source rests after a restart: until the time that was saved, but no longer than `longest` and the hours
/// skipped after it, for the clock may have been wrong when it was saved. Nothing where that time is over.
std::optional<Milliseconds> rest_of(Time saved, Time now, Milliseconds longest, const source::Pace& pace);

/// The first moment from `due` that is in no skipped hour or day (UTC); `due` where all of them are skipped.
Time out_of_skipped(Time due, const source::Pace& pace);

}  // namespace pw::pipeline
