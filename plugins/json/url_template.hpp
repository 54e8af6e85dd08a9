#pragma once
/// Addresses of an API with holes that each poll fills: {page}, {offset}, {cursor}, {since}, {since_iso}.

#include "core/time.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pw::plugins {

struct UrlValues {
  std::int64_t page = 1;
  std::int64_t offset = 0;
  std::string_view cursor;
  Time since{};
};

class UrlTemplate {
 public:
  /// Throws std::invalid_argument that names an unknown hole and lists the known ones.
  explicit UrlTemplate(std::string_view text);

  /// The address; what is filled in is percent-encoded (RFC 3986, section 2.1).
  [[nodiscard]] std::string expand(const UrlValues& values) const;
  [[nodiscard]] bool has(std::string_view hole) const;

 private:
  struct Part {
    std::string literal;
    std::string hole;  ///< behind the literal; "" at the end
  };
  std::vector<Part> parts_;
};

}  // namespace pw::plugins
