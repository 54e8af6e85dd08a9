#pragma once
/// Fetches and reads the page of an item.

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
  bool not_modified = false;  ///< the page is unchanged; apart from this, only `fetched` is set
  Time fetched{};
  std::string etag, last_modified, answered_by;  ///< validators of the page
  std::optional<Error> error;                    ///< why there is no page
  bool may_pass = false;                         ///< the same request may succeed later
};

/// Loop thread only; extraction runs on the pool. `deps` must outlive it.
class PageReader {
 public:
  explicit PageReader(const Dependencies& deps) : deps_(deps) {}

  /// Follows HTTP redirects and those in the page (meta refresh), all through the same address guard. `plugin`
  /// serializes calls of the source's own extractor.
  boost::asio::awaitable<PageReading> read(SourceEntry& entry, const Candidate& candidate, runtime::AsyncMutex& plugin);

 private:
  boost::asio::awaitable<Result<Composed>> extract(SourceEntry& entry, const Candidate& candidate,
                                                   const fetch::FetchResponse& page, runtime::AsyncMutex& plugin);

  const Dependencies& deps_;
};

}  // namespace pw::pipeline
