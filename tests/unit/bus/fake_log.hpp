#pragma once
/// An in-memory alert log for tests.

#include "core/log_source.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>

namespace pw::bus {

class FakeLog {
 public:
  StoredAlert append(const std::string& channel, std::string body = R"({"latency":{}})") {
    const std::lock_guard lock(mutex_);
    StoredAlert alert;
    alert.seq = ++head_;
    alert.cseq = ++heads_[channel];
    alert.time = from_ms(1'700'000'000'000 + static_cast<std::int64_t>(alert.seq) * 1000);
    alert.id = derive_id({channel, std::to_string(alert.seq), std::to_string(++made_)});
    alert.channel = channel;
    alert.source = "src";
    alert.body = std::move(body);
    alerts_.push_back(alert);
    return alert;
  }

  /// Simulates retention: deletes everything up to `seq`.
  void forget(std::uint64_t seq) {
    const std::lock_guard lock(mutex_);
    std::erase_if(alerts_, [&](const StoredAlert& one) { return one.seq <= seq; });
  }

  /// Simulates restoring an older copy of the database: the same log, but shorter.
  void cut_back(std::uint64_t seq) {
    const std::lock_guard lock(mutex_);
    std::erase_if(alerts_, [&](const StoredAlert& one) { return one.seq > seq; });
    head_ = seq;
    heads_.clear();
    for (const StoredAlert& one : alerts_) heads_[one.channel] = one.cseq;
  }

  /// Simulates a store that was recreated from scratch.
  void make_anew() {
    const std::lock_guard lock(mutex_);
    id_ = random_id();
    alerts_.clear();
    heads_.clear();
    head_ = 0;
  }

  Id id() {
    const std::lock_guard lock(mutex_);
    return id_;
  }

  /// Returns the view that a Bus owns. This log must outlive it.
  std::unique_ptr<LogSource> reader() { return std::make_unique<Reader>(*this); }

 private:
  class Reader final : public LogSource {
   public:
    explicit Reader(FakeLog& log) : log_(log) {}

    Result<LogHead> head() override {
      const std::lock_guard lock(log_.mutex_);
      return log_.head_now();
    }

    Result<LogSpan> channel_span(std::string_view channel) override {
      const std::lock_guard lock(log_.mutex_);
      return log_.span_of(std::string(channel));
    }

    Result<LogPage> page(std::optional<std::string> channel, std::uint64_t after, std::optional<Time> since,
                         std::size_t max_alerts, std::size_t max_bytes) override {
      const std::lock_guard lock(log_.mutex_);
      LogPage out;
      out.log = log_.head_now();
      out.span = channel ? log_.span_of(*channel) : LogSpan{out.log.first, out.log.head};
      std::size_t bytes = 0;
      bool begun = !since;
      for (const StoredAlert& one : log_.alerts_) {
        begun = begun || one.time >= *since;
        if (channel && one.channel != *channel) continue;
        const std::uint64_t number = channel ? one.cseq : one.seq;
        if (number == after) out.id_at_after = one.id;
        if (!begun || number <= after) continue;
        if (!out.alerts.empty() && (out.alerts.size() >= max_alerts || bytes + one.body.size() > max_bytes)) {
          out.more = true;
          break;
        }
        bytes += one.body.size();
        out.alerts.push_back(one);
      }
      return out;
    }

   private:
    FakeLog& log_;
  };

  [[nodiscard]] LogHead head_now() const { return {id_, alerts_.empty() ? head_ + 1 : alerts_.front().seq, head_}; }

  [[nodiscard]] LogSpan span_of(const std::string& channel) const {
    LogSpan out;
    if (const auto known = heads_.find(channel); known != heads_.end()) out.head = known->second;
    const auto first = std::ranges::find(alerts_, channel, &StoredAlert::channel);
    out.first = first == alerts_.end() ? out.head + 1 : first->cseq;
    return out;
  }

  std::mutex mutex_;
  Id id_ = random_id();
  std::vector<StoredAlert> alerts_;
  std::map<std::string, std::uint64_t> heads_;
  std::uint64_t head_ = 0;
  std::uint64_t made_ = 0;  ///< keeps ids distinct when numbers are reused
};

}  // namespace pw::bus
