#pragma once
/// An alert log in memory that tests append to.

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
    alert.id = derive_id({channel, std::to_string(alert.seq)});
    alert.channel = channel;
    alert.source = "src";
    alert.body = std::move(body);
    alerts_.push_back(alert);
    return alert;
  }

  /// Retention: forgets everything up to `seq`.
  void forget(std::uint64_t seq) {
    const std::lock_guard lock(mutex_);
    std::erase_if(alerts_, [&](const StoredAlert& one) { return one.seq <= seq; });
  }

  /// As the daemon's store after a restore from nothing.
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

  /// What a Bus owns: a view of this log, which must outlive it.
  std::unique_ptr<LogSource> reader() { return std::make_unique<Reader>(*this); }

 private:
  class Reader final : public LogSource {
   public:
    explicit Reader(FakeLog& log) : log_(log) {}

    Result<LogHead> head() override {
      const std::lock_guard lock(log_.mutex_);
      LogHead out;
      out.log_id = log_.id_;
      out.head = log_.head_;
      out.first = log_.alerts_.empty() ? log_.head_ + 1 : log_.alerts_.front().seq;
      out.heads.assign(log_.heads_.begin(), log_.heads_.end());
      return out;
    }

    Result<LogPage> page(std::optional<std::string> channel, std::uint64_t after, std::optional<Time> since,
                         std::size_t max_alerts, std::size_t max_bytes) override {
      const std::lock_guard lock(log_.mutex_);
      LogPage out;
      std::size_t bytes = 0;
      for (const StoredAlert& one : log_.alerts_) {
        if (channel && one.channel != *channel) continue;
        if ((channel ? one.cseq : one.seq) <= after || (since && one.time < *since)) continue;
        if (!out.alerts.empty() && (out.alerts.size() >= max_alerts || bytes + one.body.size() > max_bytes)) {
          out.more = true;
          break;
        }
        bytes += one.body.size();
        out.alerts.push_back(one);
      }
      return out;
    }

    Result<std::optional<Id>> id_at(std::optional<std::string> channel, std::uint64_t n) override {
      const std::lock_guard lock(log_.mutex_);
      for (const StoredAlert& one : log_.alerts_) {
        if (channel && one.channel != *channel) continue;
        if ((channel ? one.cseq : one.seq) == n) return std::optional<Id>(one.id);
      }
      return std::optional<Id>();
    }

   private:
    FakeLog& log_;
  };

  std::mutex mutex_;
  Id id_ = random_id();
  std::vector<StoredAlert> alerts_;
  std::map<std::string, std::uint64_t> heads_;
  std::uint64_t head_ = 0;
};

}  // namespace pw::bus
