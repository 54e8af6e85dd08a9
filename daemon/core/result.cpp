#include "core/result.hpp"

namespace pw {

std::string_view to_string(Errc code) noexcept {
  switch (code) {
    case Errc::invalid: return "invalid";
    case Errc::config: return "config";
    case Errc::io: return "io";
    case Errc::not_found: return "not_found";
    case Errc::refused: return "refused";
    case Errc::http: return "http";
    case Errc::timeout: return "timeout";
    case Errc::too_large: return "too_large";
    case Errc::parse: return "parse";
    case Errc::unsupported: return "unsupported";
    case Errc::busy: return "busy";
    case Errc::plugin: return "plugin";
    case Errc::cancelled: return "cancelled";
    case Errc::corrupt: return "corrupt";
    case Errc::internal: return "internal";
  }
  return "internal";
}

void detail::throw_bad_result(const std::string& message) { throw BadResult(message); }

}  // namespace pw
