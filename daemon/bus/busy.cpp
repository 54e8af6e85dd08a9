#include "bus/busy.hpp"

#include "core/text.hpp"

#include <boost/json.hpp>

namespace pw::bus {
namespace {

namespace json = boost::json;

constexpr std::size_t kMaxRequest = 4096;
constexpr std::size_t kMaxReq = 64;

json::value req_of(const std::vector<std::string>& request) {
  if (request.size() != 2 || request[1].size() > kMaxRequest) return nullptr;
  boost::system::error_code error;
  const json::value value = json::parse(request[1], error);
  if (error || !value.is_object()) return nullptr;
  const json::value* req = value.get_object().if_contains("req");
  if (req == nullptr || !req->is_string()) return nullptr;
  return json::string(utf8_prefix(req->get_string(), kMaxReq));
}

}  // namespace

std::string busy_reply(const std::vector<std::string>& request, Milliseconds retry, std::string_view why) {
  return json::serialize(
      json::object{{"req", req_of(request)}, {"status", "busy"}, {"retry_ms", retry.count()}, {"why", why}});
}

}  // namespace pw::bus
