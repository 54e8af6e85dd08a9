#include "pipeline/request_plan.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

namespace pw::pipeline {
namespace {

namespace json = boost::json;

/// 1 / kRotatedShare of a poll is reserved for rotating requests if the others would use all of it.
constexpr std::size_t kRotatedShare = 5;

std::string text_of(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
}

source::Request request_of(const json::object& object) {
  source::Request out;
  out.url = text_of(object, "url");
  out.tag = text_of(object, "tag");
  const json::value* rotate = object.if_contains("rotate");
  out.rotate = rotate != nullptr && rotate->is_bool() && rotate->get_bool();
  const json::value* headers = object.if_contains("headers");
  if (headers == nullptr || !headers->is_object()) return out;
  for (const auto& [name, value] : headers->get_object()) {
    if (value.is_string()) out.headers.emplace_back(name, value.get_string());
  }
  return out;
}

}  // namespace

Id request_id(const source::Request& request) {
  Id id = derive_id({"request", request.url, request.tag});
  for (const auto& [name, value] : request.headers) id = derive_id({to_hex(id), name, value});
  return id;
}

std::string to_text(const std::vector<source::Request>& follow_ups, std::size_t at_once) {
  if (follow_ups.empty()) return "";
  json::array list;
  for (const source::Request& request : follow_ups) {
    if (list.size() == RequestPlan::kMaxRemembered) break;
    json::object one{{"url", request.url}};
    if (!request.tag.empty()) one["tag"] = request.tag;
    if (request.rotate) one["rotate"] = true;
    json::object headers;
    for (const auto& [name, value] : request.headers) headers[name] = value;
    if (!headers.empty()) one["headers"] = std::move(headers);
    list.push_back(std::move(one));
  }
  return json::serialize(json::object{{"at_once", at_once}, {"requests", std::move(list)}});
}

FollowUps follow_ups_of(std::string_view text) {
  FollowUps out;
  if (text.empty()) return out;
  boost::system::error_code error;
  const json::value value = json::parse(text, error);
  if (error || !value.is_object()) return out;
  const json::object& object = value.get_object();
  if (const json::value* at_once = object.if_contains("at_once"); at_once != nullptr && at_once->is_int64()) {
    out.at_once = static_cast<std::size_t>(std::max<std::int64_t>(at_once->get_int64(), 0));
  }
  const json::value* list = object.if_contains("requests");
  if (list == nullptr || !list->is_array()) return out;
  for (const json::value& one : list->get_array()) {
    if (one.is_object()) out.requests.push_back(request_of(one.get_object()));
  }
  return out;
}

RequestPlan::RequestPlan(std::vector<store::RequestState> known) {
  for (store::RequestState& one : known) {
    const Id id = one.request;
    known_.emplace(id, std::move(one));
  }
}

void RequestPlan::add_polled(std::vector<source::Request> requests) { add(std::move(requests), kMaxAtOnce, true); }

void RequestPlan::add_follow_ups(std::vector<source::Request> requests, std::size_t at_once) {
  add(std::move(requests), at_once > 0 ? at_once : kMaxAtOnce, false);
}

Time RequestPlan::checked(const source::Request& request) const {
  const store::RequestState* state = known(request_id(request));
  return state != nullptr ? state->checked : Time{};
}

/// If there are more requests than one poll makes, the least recently answered come first. Rotating requests come after
/// the others, except for their reserved share.
void RequestPlan::add(std::vector<source::Request> requests, std::size_t most, bool first_level) {
  std::erase_if(requests, [&](const source::Request& one) { return !seen_.emplace(request_id(one), true).second; });
  if (requests.empty()) return;
  if (requests.size() > most) {
    std::ranges::stable_sort(requests, {}, [&](const source::Request& one) { return checked(one); });
    const auto rotated =
        std::ranges::stable_partition(requests, [](const source::Request& one) { return !one.rotate; });
    const auto steady = static_cast<std::size_t>(std::distance(requests.begin(), rotated.begin()));
    const std::size_t share = std::min<std::size_t>({rotated.size(), std::max<std::size_t>(most / kRotatedShare, 1)});
    if (steady > most - share) {
      std::rotate(requests.begin() + static_cast<std::ptrdiff_t>(most - share), rotated.begin(),
                  rotated.begin() + static_cast<std::ptrdiff_t>(share));
    }
  }
  groups_.push_back({std::move(requests), most, 0, first_level});
}

std::optional<RequestPlan::Step> RequestPlan::next() {
  if (made_ >= kMaxOfPoll) return std::nullopt;
  for (Group& group : groups_) {
    if (group.waiting.empty() || group.made >= group.most) continue;
    Step step{std::move(group.waiting.front()), group.first_level};
    group.waiting.erase(group.waiting.begin());
    ++group.made;
    ++made_;
    return step;
  }
  return std::nullopt;
}

std::size_t RequestPlan::left() const {
  std::size_t sum = 0;
  for (const Group& group : groups_) sum += group.waiting.size();
  return sum;
}

const store::RequestState* RequestPlan::known(const Id& request) const {
  const auto found = known_.find(request);
  return found != known_.end() ? &found->second : nullptr;
}

}  // namespace pw::pipeline
