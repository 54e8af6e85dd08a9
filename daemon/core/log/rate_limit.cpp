#include "core/log/rate_limit.hpp"

namespace pw::log {

/// The count of the current window.
RateLimit::Count& RateLimit::count_of(const Cause& cause, Instant now, std::vector<LeftOut>& left_out) {
  const auto [found, is_new] = counts_.try_emplace(cause);
  Count& count = found->second;
  if (is_new || now - count.begun >= kWindow) {
    if (count.left_out > 0) left_out.push_back({cause.first, cause.second, count.left_out});
    count = {now, 0, 0};
  }
  return count;
}

bool RateLimit::admit(std::string_view id, std::string_view source, Instant now, std::vector<LeftOut>& left_out) {
  Count& all = count_of({std::string(id), kAllSources}, now, left_out);
  Cause cause(id, source);
  const bool has_room = counts_.size() < kCausesAtMost || counts_.contains(cause);
  Count& own = has_room ? count_of(cause, now, left_out) : all;
  const bool own_is_full = &own != &all && own.logged >= kBurst;
  if (own_is_full || all.logged >= kBurstOfAll) {
    ++(own_is_full ? own : all).left_out;
    return false;
  }
  ++own.logged;
  if (&own != &all) ++all.logged;
  return true;
}

std::vector<RateLimit::LeftOut> RateLimit::take_left_out(Instant now, bool at_once) {
  std::vector<LeftOut> out;
  std::erase_if(counts_, [&](const auto& entry) {
    const auto& [cause, count] = entry;
    if (!at_once && now - count.begun < kWindow) return false;
    if (count.left_out > 0) out.push_back({cause.first, cause.second, count.left_out});
    return true;
  });
  return out;
}

}  // namespace pw::log
