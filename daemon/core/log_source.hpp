#pragma once
/// The alert log as its readers see it: what the store writes and the bus replays, so that neither includes the other.

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

/// One committed alert. Numbers start at 1, have no holes and are never used again.
struct StoredAlert {
  std::uint64_t seq = 0;   ///< in the whole log
  std::uint64_t cseq = 0;  ///< in its channel
  Time time{};             ///< when it was committed
  Id id;                   ///< unique in the log
  std::string channel;
  std::string source;
  std::string body;  ///< JSON, UTF-8

  friend bool operator==(const StoredAlert&, const StoredAlert&) = default;
};

struct LogHead {
  Id log_id;                ///< made with the log, made anew when the log is restored, copied or rebuilt
  std::uint64_t first = 1;  ///< oldest seq kept; head + 1 when the log holds nothing
  std::uint64_t head = 0;   ///< newest seq ever given; 0: none yet
};

/// The numbers of what a reader follows: cseq of one channel, or seq of the whole log.
struct LogSpan {
  std::uint64_t first = 1;  ///< oldest number kept; head + 1 when none is
  std::uint64_t head = 0;   ///< newest number ever given; 0: none yet

  friend bool operator==(const LogSpan&, const LogSpan&) = default;
};

/// Everything is of the same moment.
struct LogPage {
  LogHead log;
  LogSpan span;                     ///< of what was asked for
  std::optional<Id> id_at_after;    ///< of the alert with the number `after`; nothing when it is not kept
  std::vector<StoredAlert> alerts;  ///< in order of seq
  bool more = false;                ///< alerts follow that did not fit
};

/// Reads the log. Any thread; calls block on disk, and none costs more where there are more channels.
/// Fails with Errc::io, Errc::corrupt or Errc::busy.
class LogSource {
 public:
  virtual ~LogSource() = default;

  [[nodiscard]] virtual Result<LogHead> head() = 0;

  [[nodiscard]] virtual Result<LogSpan> channel_span(std::string_view channel) = 0;

  /// Alerts with a number > `after` (cseq when `channel` is given, else seq); with `since` they begin with the first
  /// that is not older, and nothing behind it is left out, even where the clock stepped back. At most `max_alerts` and
  /// about `max_bytes` of bodies, but always at least one when there is one.
  [[nodiscard]] virtual Result<LogPage> page(std::optional<std::string> channel, std::uint64_t after,
                                             std::optional<Time> since, std::size_t max_alerts,
                                             std::size_t max_bytes) = 0;
};

}  // namespace pw
