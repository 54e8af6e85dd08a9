#pragma once
/// The alert log, read through a separate read-only connection.

#include "core/log_source.hpp"

#include <memory>
#include <string>
#include <type_traits>

namespace pw::store {

class Database;
class IntegrityCheck;
class Reader;
class Suspicion;

/// Each call is one short read transaction, so that a slow client never pins the write-ahead log. Any thread.
class LogReader final : public LogSource {
 public:
  /// The file must have been created by a Store. Throws std::runtime_error if it cannot be opened. While `check` has
  /// not passed, all calls fail with Errc::busy; at the start of the check, they wait briefly for it. What SQLite calls
  /// damage raises the suspicion.
  explicit LogReader(const std::string& path, std::shared_ptr<const IntegrityCheck> check = nullptr,
                     std::shared_ptr<Suspicion> suspicion = nullptr);
  ~LogReader() override;

  [[nodiscard]] Result<LogHead> head() override;
  [[nodiscard]] Result<LogSpan> channel_span(std::string_view channel) override;
  [[nodiscard]] Result<LogPage> page(std::optional<std::string> channel, std::uint64_t after, std::optional<Time> since,
                                     std::size_t max_alerts, std::size_t max_bytes) override;

 private:
  template <class Work>
  auto read(const Work& work) -> Result<std::invoke_result_t<Work, Database&>>;

  std::unique_ptr<Reader> reader_;
  std::shared_ptr<const IntegrityCheck> check_;
};

}  // namespace pw::store
