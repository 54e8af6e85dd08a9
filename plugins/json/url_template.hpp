#pragma once
/// API URLs with placeholders that are filled in for each poll: {page}, {offset}, {cursor}, {since}, {since_iso}.

#include "core/time.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pw::plugins {

/// The values of the placeholders.
struct UrlValues {
  std::int64_t page = 1;
  std::int64_t offset = 0;
  std::string_view cursor;
  Time since{};
};

/// A parsed template. Immutable; any thread.
class UrlTemplate {
 public:
  /// Throws std::invalid_argument for an unknown placeholder; the message lists the known ones.
  explicit UrlTemplate(std::string_view text);

  /// The URL with all placeholders replaced. Values are percent-encoded (RFC 3986, section 2.1).
  [[nodiscard]] std::string expand(const UrlValues& values) const;
  [[nodiscard]] bool has(std::string_view hole) const;

 private:
  struct Part {
    std::string literal;
    std::string hole;  ///< follows the literal; "" at the end
  };
  std::vector<Part> parts_;
};

}  // namespace pw::plugins
