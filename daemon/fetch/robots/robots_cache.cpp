#include "fetch/robots/robots_cache.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace pw::fetch {

namespace {

constexpr std::chrono::hours kDay{24};
constexpr std::chrono::minutes kUnreachable{10};

std::size_t bytes_of(const RobotsCache::Answer& answer) { return answer.rules ? answer.rules->bytes() : 0; }

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
  put(origin, answer);
  return answer;
}

void RobotsCache::put(const std::string& origin, std::shared_ptr<const Answer> answer) {
  if (const auto known = answers_.find(origin); known != answers_.end()) drop(known);
  if (answers_.size() >= sweep_at_) forget_stale();
  const std::size_t bytes = bytes_of(*answer);
  while (!answers_.empty() && (answers_.size() >= kMostOrigins || bytes_ + bytes > kMostBytes)) drop(answers_.begin());
  bytes_ += bytes;
  answers_.emplace(origin, std::move(answer));
}

RobotsCache::Answers::iterator RobotsCache::drop(Answers::iterator answer) {
  bytes_ -= bytes_of(*answer->second);
  return answers_.erase(answer);
}

void RobotsCache::forget_stale() {
  const auto now = clock_.steady();
  for (auto answer = answers_.begin(); answer != answers_.end();) {
    answer = answer->second->until + kDay <= now ? drop(answer) : std::next(answer);
  }
  sweep_at_ = std::max<std::size_t>(1024, answers_.size() * 2);
}

}  // namespace pw::fetch
