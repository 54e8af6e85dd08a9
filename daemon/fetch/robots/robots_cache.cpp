#include "fetch/robots/robots_cache.hpp"

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

std::shared_ptr<const RobotsCache::Answer> RobotsCache::keep(const std::string& origin, const FetchResponse& response) {
  const auto now = clock_.steady();
  auto answer = std::make_shared<Answer>();
  const auto known = answers_.find(origin);
  if (response.status >= 200 && response.status < 300) {
    answer->verdict = Verdict::rules;
    answer->rules = Robots::parse(response.body);
    answer->until = now + kDay;
  } else if (response.status >= 500 || response.status == 429) {
    if (known != answers_.end()) *answer = *known->second;
    if (answer->verdict != Verdict::rules) answer->verdict = Verdict::disallow_all;
    answer->until = now + kUnreachable;
  } else {
    answer->until = now + kDay;
  }
  answer->status = response.status;
  if (answers_.size() >= kMostOrigins && known == answers_.end()) {
    std::erase_if(answers_, [&](const auto& entry) { return entry.second->until <= now; });
    if (answers_.size() >= kMostOrigins) answers_.erase(answers_.begin());
  }
  answers_[origin] = answer;
  return answer;
}

}  // namespace pw::fetch
