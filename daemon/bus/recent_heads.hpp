#pragma once
/// The channels whose heads changed last. Keeps the size of heartbeats independent of the number of channels.

#include <boost/json/fwd.hpp>

#include <cstddef>
#include <cstdint>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>

namespace pw::bus {

/// Bus thread only. Holds every channel whose head changed after the seq after(): the latest ones, as many as fit.
class RecentHeads {
 public:
  static constexpr std::size_t kMaxBytes = 16'000;  ///< as JSON, so that a whole heartbeat stays below 16 KiB

  /// `published`: earlier alerts are not known here.
  explicit RecentHeads(std::uint64_t published, std::size_t max_bytes = kMaxBytes)
      : max_bytes_(max_bytes), after_(published) {}

  /// Call for each alert sent, in seq order.
  void put(const std::string& channel, std::uint64_t seq, std::uint64_t cseq);

  [[nodiscard]] std::uint64_t after() const { return after_; }

  /// Sets "heads_after" and "heads".
  void write(boost::json::object& out) const;

 private:
  struct Entry {
    std::string channel;
    std::uint64_t seq;
    std::uint64_t cseq;
  };

  void forget_oldest();

  std::size_t max_bytes_;
  std::uint64_t after_;
  std::size_t bytes_ = 0;
  std::list<Entry> entries_;  ///< latest first
  std::unordered_map<std::string_view, std::list<Entry>::iterator> places_;
};

}  // namespace pw::bus
