#include "bus/health_board.hpp"

namespace pw::bus {

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
