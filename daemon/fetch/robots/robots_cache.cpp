#include "fetch/robots/robots_cache.hpp"

#include <utility>

namespace pw::fetch {

namespace {

constexpr std::chrono::hours kDay{24};
constexpr std::chrono::minutes kUnreachable{10};
constexpr std::size_t kMostOrigins = 50'000;

}  // namespace

std::shared_ptr<const RobotsCache::Answer> RobotsCache::find(const std::string& origin) const {
  const auto it = answers_.find(origin);
  return it != answers_.end() && it->second->until > clock_.steady() ? it->second : nullptr;
}

std::shared_ptr<const RobotsCache::Answer> RobotsCache::keep(const std::string& origin, int status,
                                                             std::optional<Robots> rules) {
  const auto now = clock_.steady();
  auto answer = std::make_shared<Answer>();
  const auto known = answers_.find(origin);
  if (has_rules(status)) {
    answer->verdict = Verdict::rules;
    answer->rules = std::move(rules).value_or(Robots());
    answer->until = now + kDay;
  } else if (status >= 500 || status == 429) {
    if (known != answers_.end()) *answer = *known->second;
    if (answer->verdict != Verdict::rules) answer->verdict = Verdict::disallow_all;
    answer->until = now + kUnreachable;
  } else {
    answer->until = now + kDay;
  }
  answer->status = status;
  if (answers_.size() >= kMostOrigins && known == answers_.end()) {
    std::erase_if(answers_, [&](const auto& entry) { return entry.second->until <= now; });
    if (answers_.size() >= kMostOrigins) answers_.erase(answers_.begin());
  }
  answers_[origin] = answer;
  return answer;
}

}  // namespace pw::fetch
