#include "pipeline/request_plan.hpp"

#include "core/json/json_member.hpp"

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

source::Request request_of(const json::object& object) {
  source::Request out;
  out.url = text_member(object, "url");
  out.tag = text_member(object, "tag");
  const json::value* rotate = object.if_contains("rotate");
  out.rotate = rotate != nullptr && rotate->is_bool() && rotate->get_bool();
  const json::object* headers = object_member(object, "headers");
  if (headers == nullptr) return out;
  for (const auto& [name, value] : *headers) {
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
  out.at_once = static_cast<std::size_t>(count_member(object, "at_once").value_or(0));
  const json::array* list = array_member(object, "requests");
  if (list == nullptr) return out;
  for (const json::value& one : *list) {
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

/// If there are more requests than one poll makes, the least recently answered come first. Rotating requests come after
/// the others, except for their reserved share.
void RequestPlan::add(std::vector<source::Request> requests, std::size_t most, bool first_level) {
  struct Planned {
    source::Request request;
    Time checked{};
  };
  std::vector<Planned> planned;
  for (source::Request& request : requests) {
    const Id id = request_id(request);
    if (!seen_.insert(id).second) continue;
    const store::RequestState* state = known(id);
    planned.push_back({std::move(request), state != nullptr ? state->checked : Time{}});
  }
  if (planned.empty()) return;
  if (planned.size() > most) {
    std::ranges::stable_sort(planned, {},
                             [](const Planned& one) { return std::pair(one.request.rotate, one.checked); });
    const auto rotating = std::ranges::find_if(planned, [](const Planned& one) { return one.request.rotate; });
    const auto share =
        std::min(planned.end() - rotating, static_cast<std::ptrdiff_t>(std::max<std::size_t>(most / kRotatedShare, 1)));
    const auto reserved = planned.begin() + static_cast<std::ptrdiff_t>(most) - share;
    if (rotating > reserved) std::rotate(reserved, rotating, rotating + share);
  }
  Group group{{}, most, 0, first_level};
  for (Planned& one : planned) group.requests.push_back(std::move(one.request));
  groups_.push_back(std::move(group));
}

std::optional<RequestPlan::Step> RequestPlan::next() {
  if (made_ >= kMaxOfPoll) return std::nullopt;
  for (Group& group : groups_) {
    if (group.made >= std::min(group.most, group.requests.size())) continue;
    ++made_;
    return Step{std::move(group.requests[group.made++]), group.first_level};
  }
  return std::nullopt;
}

std::size_t RequestPlan::left() const {
  std::size_t sum = 0;
  for (const Group& group : groups_) sum += group.requests.size() - group.made;
  return sum;
}

const store::RequestState* RequestPlan::known(const Id& request) const {
  const auto found = known_.find(request);
  return found != known_.end() ? &found->second : nullptr;
}

}  // namespace pw::pipeline
