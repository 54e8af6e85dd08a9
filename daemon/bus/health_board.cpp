#include "bus/health_board.hpp"

#include "bus/health_json.hpp"

#include <utility>

namespace pw::bus {

void HealthBoard::put(const std::string& source, std::string body) {
  if (is_last_health(body)) {
    bodies_.erase(source);
  } else {
    bodies_.insert_or_assign(source, std::move(body));
  }
}

std::string HealthBoard::list(std::size_t max_bytes, bool& complete) const {
  std::string out = "[";
  complete = true;
  for (const auto& [source, body] : bodies_) {
    if (out.size() + body.size() + 2 > max_bytes) {
      complete = false;
      break;
    }
    if (out.size() > 1) out += ',';
    out += body;
  }
  return out + ']';
}

}  // namespace pw::bus
