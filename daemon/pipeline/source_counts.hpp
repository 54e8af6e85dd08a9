#pragma once
/// What sources have done since the daemon started, for its metrics.

#include "core/result.hpp"
#include "core/time.hpp"
#include "fetch/fetch_types.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace pw::pipeline {

/// Of one source, or of several together. Loop thread only.
struct SourceCounts {
  std::uint64_t polls = 0;
  std::uint64_t polls_failed = 0;
  std::uint64_t polls_unchanged = 0;       ///< answered by 304 only
  std::uint64_t fetches = 0;               ///< of feeds, listings and pages
  std::uint64_t fetches_failed = 0;        ///< without an answer
  std::uint64_t fetches_not_modified = 0;  ///< 304
  std::uint64_t body_bytes = 0;            ///< decoded
  std::uint64_t items = 0;                 ///< stored: new ones and revisions
  std::uint64_t alerts = 0;
  Milliseconds fetching{0};  ///< the time that answers took

  void note(const Result<fetch::FetchResponse>& fetched) {
    ++fetches;
    if (!fetched) {
      ++fetches_failed;
      return;
    }
    if (fetched->not_modified) ++fetches_not_modified;
    body_bytes += fetched->body.size();
    fetching += fetched->took;
  }
};

/// A source that has counts of its own.
struct SourceSample {
  std::string id;
  SourceCounts counts;
  Time last_item{};      ///< Time{}: it never brought anything
  bool healthy = false;  ///< its last poll succeeded, and it is neither silent nor empty
  bool silent = false;
};

/// The sources at one moment.
struct SourcesSample {
  std::vector<SourceSample> named;            ///< by id
  SourceCounts others;                        ///< of the sources beyond the bound, together
  std::size_t summed = 0;                     ///< how many these are now
  std::map<std::string, std::size_t> states;  ///< number of sources in each state
};

/// Sources in one state that need a person.
struct TroubledSources {
  std::string state;
  std::size_t count = 0;
  std::vector<std::string> ids;  ///< the first few
  std::string reason;            ///< of the first one
};

struct SourcesOverview {
  std::size_t enabled = 0;
  std::size_t failing = 0;  ///< enabled sources whose last poll failed
  std::map<std::string, std::size_t> states;
  std::vector<TroubledSources> troubled;  ///< by state
};

}  // namespace pw::pipeline
