#pragma once
/// robots.txt (RFC 9309): what a crawler may fetch. Pure; fetching, status codes and the cache are handled elsewhere.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pw::fetch {

/// Content beyond this limit, in bytes, is ignored (RFC 9309, section 2.5).
inline constexpr std::size_t kMaxRobotsBytes = 500 * 1024;

/// The complete lines within the first `most` bytes; a truncated rule would be a different rule.
std::string_view whole_lines(std::string_view body, std::size_t most);

/// One parsed robots.txt. A plain value; any thread may read it.
class Robots {
 public:
  /// Never fails: meaningless lines are skipped, and an empty file allows everything.
  static Robots parse(std::string_view body);

  /// True if the crawler `product_token` ("presswatch") may fetch this absolute URL, or path with query. Uses the group
  /// for the token (ignoring case), or else the group "*"; without either, everything is allowed. The longest matching
  /// rule wins; on a tie, allow does.
  [[nodiscard]] bool allowed(std::string_view product_token, std::string_view url_or_path) const;

  /// The crawl-delay for the crawler, in seconds (not part of the RFC); nullopt if there is none.
  [[nodiscard]] std::optional<double> crawl_delay(std::string_view product_token) const;

  /// The number of rules in all groups.
  [[nodiscard]] std::size_t size() const noexcept;

  /// Approximate memory that it takes.
  [[nodiscard]] std::size_t bytes() const noexcept;

  /// Values of the Sitemap lines in order, as written.
  [[nodiscard]] std::vector<std::string> sitemaps() const { return sitemaps_; }

 private:
  struct Rule {
    std::string pattern;    // normalised; * is a wildcard
    bool anchored = false;  // ended in $
    bool allow = false;
  };
  struct Group {
    std::vector<std::string> agents;  // lower case
    std::vector<Rule> rules;
    std::optional<double> crawl_delay;
  };
  friend class RobotsReader;

  [[nodiscard]] std::vector<const Group*> groups_of(std::string_view product_token) const;

  std::vector<Group> groups_;
  std::vector<std::string> sitemaps_;
};

}  // namespace pw::fetch
