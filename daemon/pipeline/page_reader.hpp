#pragma once
/// Fetches the page of an item and reads it.

#include "pipeline/compose.hpp"
#include "pipeline/dependencies.hpp"
#include "pipeline/new_items.hpp"
#include "pipeline/source_entry.hpp"
#include "runtime/async_mutex.hpp"

#include <boost/asio/awaitable.hpp>

#include <optional>
#include <string>

namespace pw::pipeline {

struct PageReading {
  Composed composed;
  bool not_modified = false;  ///< the page is what it was when it was read last; nothing else is set but `fetched`
  Time fetched{};
  std::string etag, last_modified, answered_by;  ///< validators of the page
  std::optional<Error> error;                    ///< there is no page
  bool may_pass = false;                         ///< the same request may succeed later
};

/// Loop thread only.
class PageReader {
 public:
  explicit PageReader(const Dependencies& deps) : deps_(deps) {}

  /// Follows redirects, those that a page makes by itself (meta refresh) too, by the same guard. `plugin`: serialises
  /// the calls of the source's own extractor.
  boost::asio::awaitable<PageReading> read(SourceEntry& entry, const Candidate& candidate, runtime::AsyncMutex& plugin);

 private:
  boost::asio::awaitable<Result<Composed>> extract(SourceEntry& entry, const Candidate& candidate,
                                                   const fetch::FetchResponse& page, runtime::AsyncMutex& plugin);

  const Dependencies& deps_;
};

}  // namespace pw::pipeline
