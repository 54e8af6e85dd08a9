#pragma once
/// What one turn of a source brought, and the small rules of a turn. Pure but for note_outcome's log line.

#include "core/result.hpp"
#include "fetch/fetch_types.hpp"
#include "pipeline/source_entry.hpp"
#include "source/plugin.hpp"
#include "store/store.hpp"

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
  std::size_t fresh = 0;    ///< items that the store did not have
  bool changed = false;     ///< at least one answer was not a 304
  bool incomplete = false;  ///< an item is still to be had: ask for the same again
  bool gone = false;        ///< 410

  void take(source::Emitted&& emitted) {
    std::ranges::move(emitted.items, std::back_inserter(items));
    std::ranges::move(emitted.warnings, std::back_inserter(warnings));
    if (emitted.cursor) cursor = std::move(emitted.cursor);
    if (emitted.pace != source::Pace{}) pace = emitted.pace;
  }
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

/// "https://host/feed answered 404", and what it means.
Error status_error(const fetch::FetchResponse& response);

/// May the same request succeed later? (timeouts, resets, 408, 429, 5xx)
bool is_transient(const Error& error, int status);

/// A source's answer as UTF-8, un-gzipped where the file itself is gzip.
std::string decode_body(source::Plugin::Body kind, const fetch::FetchResponse& response);

/// The first moment from `due` that is in no skipped hour or day (UTC).
Time out_of_skipped(Time due, const source::Pace& pace);

/// Writes what came of the turn into the entry's state, with a reason that a person understands; logs changes.
void note_outcome(SourceEntry& entry, const Round& round, Time now);

}  // namespace pw::pipeline
