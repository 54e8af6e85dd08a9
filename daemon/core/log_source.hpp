#pragma once
/// The alert log as readers see it. The store implements this interface and the bus replays from it, so that neither
/// depends on the other.

#include "core/id.hpp"
#include "core/result.hpp"
#include "core/time.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pw {

/// One committed alert. Sequence numbers start at 1, have no gaps and are never reused.
struct StoredAlert {
  std::uint64_t seq = 0;   ///< number in the whole log
  std::uint64_t cseq = 0;  ///< number within its channel
  Time time{};             ///< commit time
  Id id;                   ///< unique within the log
  std::string channel;
  std::string source;
  std::string body;  ///< JSON, UTF-8

  friend bool operator==(const StoredAlert&, const StoredAlert&) = default;
};

/// Identity and range of the whole log.
struct LogHead {
  Id log_id;                ///< generated with the log; replaced when the log is restored, copied or rebuilt
  std::uint64_t first = 1;  ///< oldest seq still kept; head + 1 if the log is empty
  std::uint64_t head = 0;   ///< newest seq ever assigned; 0: none yet
};

/// The range of numbers a reader follows: cseq of one channel, or seq of the whole log.
struct LogSpan {
  std::uint64_t first = 1;  ///< oldest number still kept; head + 1 if none is
  std::uint64_t head = 0;   ///< newest number ever assigned; 0: none yet

  friend bool operator==(const LogSpan&, const LogSpan&) = default;
};

/// A page of alerts. All fields come from the same snapshot.
struct LogPage {
  LogHead log;
  LogSpan span;                     ///< range of the requested channel, or of the whole log
  std::optional<Id> id_at_after;    ///< id of the alert numbered `after`; nullopt if it is no longer kept
  std::vector<StoredAlert> alerts;  ///< in ascending order of seq
  bool more = false;                ///< true if further alerts did not fit
};

/// Read access to the log. Any thread; calls block on disk I/O, and their cost does not depend on the number of
/// channels. Errors: Errc::io, Errc::corrupt or Errc::busy.
class LogSource {
 public:
  virtual ~LogSource() = default;

  [[nodiscard]] virtual Result<LogHead> head() = 0;

  [[nodiscard]] virtual Result<LogSpan> channel_span(std::string_view channel) = 0;

  /// Alerts with a number > `after` (cseq if `channel` is given, else seq). With `since`, the page starts at the first
  /// alert that is not older; everything after it is included, even where the clock stepped back. Holds at most
  /// `max_alerts` alerts and about `max_bytes` bytes of bodies, but at least one alert if there is any.
  [[nodiscard]] virtual Result<LogPage> page(std::optional<std::string> channel, std::uint64_t after,
                                             std::optional<Time> since, std::size_t max_alerts,
                                             std::size_t max_bytes) = 0;
};

}  // namespace pw
