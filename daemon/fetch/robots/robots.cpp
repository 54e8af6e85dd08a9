#include "fetch/robots/robots.hpp"

#include "core/codec/percent.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <utility>

namespace pw::fetch {
namespace {

void append_octet(std::string& out, char c, bool escaped) {
  const auto byte = static_cast<unsigned char>(c);
  const bool awkward = byte <= 0x20 || byte >= 0x7F || std::strchr("\"<>\\^`{|}%*", c) != nullptr;
  if (is_unreserved(c) || c == '$' || (!escaped && !awkward)) {
    out += c;
  } else {
    append_percent(out, c);
  }
}

/// A single spelling for paths that RFC 9309, section 2.2.2, treats as equal. In a pattern, an asterisk remains a
/// wildcard.
std::string normalised(std::string_view text, bool pattern) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (const auto byte = escaped_byte(text, i)) {
      append_octet(out, *byte, true);
      i += kEscapeSize - 1;
    } else if (pattern && text[i] == '*') {
      if (!out.ends_with('*')) out += '*';
    } else {
      append_octet(out, text[i], false);
    }
  }
  return out;
}

/// Greedy matching from the left is sufficient for *. It is linear, because memmem is.
bool matches(std::string_view pattern, bool anchored, std::string_view path) {
  const std::size_t first_star = pattern.find('*');
  const std::string_view head = pattern.substr(0, first_star);
  if (!path.starts_with(head)) return false;
  path.remove_prefix(head.size());
  if (first_star == std::string_view::npos) return !anchored || path.empty();
  pattern.remove_prefix(first_star + 1);
  while (true) {
    const std::size_t star = pattern.find('*');
    const std::string_view piece = pattern.substr(0, star);
    if (star == std::string_view::npos && anchored) return path.ends_with(piece);
    if (!piece.empty()) {
      const void* found = memmem(path.data(), path.size(), piece.data(), piece.size());
      if (found == nullptr) return false;
      path.remove_prefix(static_cast<std::size_t>(static_cast<const char*>(found) - path.data()) + piece.size());
    }
    if (star == std::string_view::npos) return true;
    pattern.remove_prefix(star + 1);
  }
}

std::string path_of(std::string_view url) {
  url = url.substr(0, url.find('#'));
  if (!url.starts_with('/')) {
    const std::size_t authority = url.find("://");
    if (authority != std::string_view::npos) url.remove_prefix(authority + 3);
    const std::size_t path = url.find_first_of("/?");
    if (path == std::string_view::npos) return "/";
    url.remove_prefix(path);
  }
  return url.starts_with('/') ? std::string(url) : "/" + std::string(url);
}

/// A crawler's name without its version: "Bot/1.0" becomes "bot".
std::string token_of(std::string_view crawler) { return ascii_lower(crawler.substr(0, crawler.find_first_of(" \t/"))); }

/// Whether a User-agent line, in lower case, names the crawler. The token ends at the first character not allowed in
/// one (RFC 9309, 2.2.1), so "bot/1.0" and "bot, other" name "bot", but "botany" does not.
bool names(std::string_view agent, std::string_view token) {
  if (token.empty() || !agent.starts_with(token)) return false;
  if (agent.size() == token.size()) return true;
  const char next = agent[token.size()];
  return !is_ascii_letter(next) && next != '-' && next != '_';
}

bool names_all(std::string_view agent) { return agent == "*" || agent.starts_with("* ") || agent.starts_with("*\t"); }

enum class Key { none, user_agent, allow, disallow, crawl_delay, sitemap };

Key key_of(std::string_view name) {
  static constexpr std::array<std::pair<std::string_view, Key>, 14> kKeys{{{"user-agent", Key::user_agent},
                                                                           {"useragent", Key::user_agent},
                                                                           {"user agent", Key::user_agent},
                                                                           {"allow", Key::allow},
                                                                           {"disallow", Key::disallow},
                                                                           {"dissallow", Key::disallow},
                                                                           {"dissalow", Key::disallow},
                                                                           {"disalow", Key::disallow},
                                                                           {"diasllow", Key::disallow},
                                                                           {"disallaw", Key::disallow},
                                                                           {"disallows", Key::disallow},
                                                                           {"crawl-delay", Key::crawl_delay},
                                                                           {"crawldelay", Key::crawl_delay},
                                                                           {"sitemap", Key::sitemap}}};
  for (const auto& [spelling, key] : kKeys) {
    if (ascii_iequals(spelling, name)) return key;
  }
  return Key::none;
}

}  // namespace

std::string_view whole_lines(std::string_view body, std::size_t most) {
  if (body.size() <= most) return body;
  const std::size_t end = body.find_last_of("\r\n", most);
  return body.substr(0, end == std::string_view::npos ? 0 : end);
}

/// Parses line by line; `rules_seen_` tells whether the next User-agent line opens a group or joins one.
class RobotsReader {
 public:
  Robots read(std::string_view body) {
    body = whole_lines(body, kMaxRobotsBytes);
    if (body.starts_with("\xEF\xBB\xBF")) body.remove_prefix(3);
    while (!body.empty()) {
      const std::size_t end = body.find_first_of("\r\n");
      line(body.substr(0, end));
      if (end == std::string_view::npos) break;
      body.remove_prefix(end + 1);
    }
    return std::move(robots_);
  }

 private:
  void line(std::string_view text) {
    text = trim(text.substr(0, text.find('#')));
    std::size_t separator = text.find(':');
    if (separator == std::string_view::npos) separator = text.find_first_of(" \t");
    if (separator == std::string_view::npos) return;
    const Key key = key_of(trim(text.substr(0, separator)));
    const std::string_view value = trim(text.substr(separator + 1));
    if (key == Key::user_agent) {
      agent(value);
    } else if (key == Key::sitemap) {
      if (!value.empty()) robots_.sitemaps_.emplace_back(value);
    } else if (key != Key::none && !robots_.groups_.empty()) {
      rules_seen_ = true;
      if (key == Key::crawl_delay) {
        delay(value);
      } else {
        rule(value, key == Key::allow);
      }
    }
  }

  void agent(std::string_view value) {
    if (robots_.groups_.empty() || rules_seen_) robots_.groups_.emplace_back();
    rules_seen_ = false;
    robots_.groups_.back().agents.push_back(ascii_lower(value));
  }

  void delay(std::string_view value) {
    double seconds = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), seconds);
    if (error == std::errc() && seconds >= 0 && seconds < 1e9) robots_.groups_.back().crawl_delay = seconds;
  }

  void rule(std::string_view value, bool allow) {
    if (value.empty()) return;
    Robots::Rule rule;
    rule.anchored = value.ends_with('$');
    if (rule.anchored) value.remove_suffix(1);
    rule.pattern = normalised(value, true);
    rule.allow = allow;
    // Like Google's parser: a rule that allows the index file of a directory also allows the directory.
    const std::size_t slash = rule.pattern.rfind('/');
    if (allow && slash != std::string::npos && rule.pattern.compare(slash, 10, "/index.htm") == 0) {
      robots_.groups_.back().rules.push_back(
          {.pattern = rule.pattern.substr(0, slash + 1), .anchored = true, .allow = true});
    }
    robots_.groups_.back().rules.push_back(std::move(rule));
  }

  Robots robots_;
  bool rules_seen_ = false;
};

Robots Robots::parse(std::string_view body) { return RobotsReader().read(body); }

std::vector<const Robots::Group*> Robots::groups_of(std::string_view product_token) const {
  const std::string token = token_of(product_token);
  std::vector<const Group*> own;
  std::vector<const Group*> all;
  for (const Group& group : groups_) {
    if (std::ranges::any_of(group.agents, [&token](const auto& agent) { return names(agent, token); })) {
      own.push_back(&group);
    } else if (std::ranges::any_of(group.agents, names_all)) {
      all.push_back(&group);
    }
  }
  return own.empty() ? all : own;
}

bool Robots::allowed(std::string_view product_token, std::string_view url_or_path) const {
  const std::string path = normalised(path_of(url_or_path), false);
  if (path == "/robots.txt") return true;
  std::size_t best = 0;
  bool allow = true;
  for (const Group* group : groups_of(product_token)) {
    for (const Rule& rule : group->rules) {
      const std::size_t length = rule.pattern.size() + (rule.anchored ? 1 : 0);
      if (length < best || (length == best && (allow || !rule.allow))) continue;
      if (!matches(rule.pattern, rule.anchored, path)) continue;
      best = length;
      allow = rule.allow;
    }
  }
  return allow;
}

std::size_t Robots::bytes() const noexcept {
  std::size_t sum = sizeof(Robots);
  const auto add = [&sum](const std::vector<std::string>& texts) {
    for (const std::string& text : texts) sum += sizeof(std::string) + text.capacity();
  };
  for (const Group& group : groups_) {
    sum += sizeof(Group);
    add(group.agents);
    for (const Rule& rule : group.rules) sum += sizeof(Rule) + rule.pattern.capacity();
  }
  add(sitemaps_);
  return sum;
}

std::size_t Robots::size() const noexcept {
  std::size_t rules = 0;
  for (const Group& group : groups_) rules += group.rules.size();
  return rules;
}

std::optional<double> Robots::crawl_delay(std::string_view product_token) const {
  for (const Group* group : groups_of(product_token)) {
    if (group->crawl_delay) return group->crawl_delay;
  }
  return std::nullopt;
}

}  // namespace pw::fetch
