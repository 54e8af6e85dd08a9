#include "app/check_settings.hpp"

#include "app/fetch_settings.hpp"
#include "bus/endpoint.hpp"
#include "core/local_address.hpp"
#include "core/log.hpp"
#include "core/text.hpp"
#include "fetch/fetcher.hpp"
#include "fetch/guard/address_guard.hpp"
#include "watchlist/source_terms.hpp"
#include "websub/callback_server.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <exception>
#include <string>
#include <string_view>
#include <utility>

namespace pw::app {
namespace {

using Problems = std::vector<config::Problem>;

/// An address that only one socket can have.
struct Address {
  std::string host;  ///< without brackets; empty for a path
  std::string port;  ///< or the path; "" or "0": any, which is always free

  [[nodiscard]] bool is_any_host() const { return host == "0.0.0.0" || host == "::"; }
  [[nodiscard]] bool overlaps(const Address& other) const {
    return port == other.port && (host == other.host || is_any_host() || other.is_any_host());
  }
};

Address address_of(const bus::Endpoint& endpoint) {
  if (!endpoint.path.empty()) return {"", endpoint.path};
  return {endpoint.host == "localhost" ? "127.0.0.1" : endpoint.host, std::to_string(endpoint.port)};
}

/// "ADDRESS:PORT", which is well-formed.
Address address_of(const std::string& listen) {
  const std::size_t colon = listen.rfind(':');
  std::string host = listen.substr(0, colon);
  if (host.starts_with('[')) host = host.substr(1, host.size() - 2);
  return {std::move(host), listen.substr(colon + 1)};
}

/// The addresses that are taken, and the keys that take them.
class Taken {
 public:
  Taken(const config::MainSettings& settings, Problems& problems) : settings_(settings), problems_(problems) {}

  void take(std::string_view key, Address address) {
    if (address.port.empty() || address.port == "0") return;
    for (const auto& [other, taken] : taken_) {
      if (!taken.overlaps(address)) continue;
      problems_.push_back(
          {settings_.place_of(key), fmt::format("{} is the same as {}; each needs an address of its own", key, other)});
      return;
    }
    taken_.emplace_back(key, std::move(address));
  }

 private:
  const config::MainSettings& settings_;
  Problems& problems_;
  std::vector<std::pair<std::string, Address>> taken_;
};

void check_bus(const config::MainSettings& settings, Taken& taken, Problems& problems) {
  for (const auto& [key, address] : {std::pair{"bus.live", settings.bus.live}, {"bus.log", settings.bus.log}}) {
    const auto endpoint = bus::parse_endpoint(address);
    std::string wrong = endpoint ? "" : endpoint.error().message;
    if (endpoint && endpoint->inproc)
      wrong = fmt::format("\"{}\" is inside the daemon; nobody can subscribe there", address);
    if (endpoint && !endpoint->path.empty() && !endpoint->path.starts_with('/') && !endpoint->path.starts_with('@')) {
      wrong = fmt::format("\"{}\" needs an absolute path, as in ipc:///run/presswatch/live", printable(address));
    }
    if (!wrong.empty()) {
      problems.push_back({settings.place_of(key), fmt::format("{}: {}", key, wrong)});
    } else {
      taken.take(key, address_of(*endpoint));
    }
  }
}

void check_websub(const config::MainSettings& settings, Taken& taken, Problems& problems) {
  if (settings.websub.listen.empty()) return;
  if (const auto wrong = websub::wrong_address(settings.websub.listen)) {
    problems.push_back({settings.place_of("websub.listen"), *wrong});
    return;
  }
  taken.take("websub.listen", address_of(settings.websub.listen));
}

/// What is wrong with the address itself, the reader of the file has said.
void check_metrics(const config::MainSettings& settings, Taken& taken) {
  const auto address = parse_local_address(settings.metrics.listen);
  if (!address) return;
  const bool is_path = !address->path.empty();
  taken.take("metrics.listen",
             is_path ? Address{"", address->path} : Address{address->host, std::to_string(address->port)});
}

void check_fetch(const config::MainSettings& settings, Problems& problems) {
  if (auto guard = fetch::AddressGuard::parse(settings.fetch.allow_addresses); !guard) {
    problems.push_back({settings.place_of("fetch.allow_addresses"), guard.error().message});
    return;
  }
  try {
    fetch::Fetcher::check(to_fetch(settings.fetch));
  } catch (const std::exception& error) {
    problems.push_back({settings.place_of("fetch.proxy"), error.what()});
  }
}

/// True for a domain that is reserved for examples (RFC 2606).
bool names_example(const std::string& contact) {
  const std::string text = contact + '/';
  for (const std::string_view domain : {"example.com/", "example.org/", "example.net/", "example/"}) {
    const std::size_t at = text.find(domain);
    if (at != std::string::npos && at > 0 && std::string_view("@./").find(text[at - 1]) != std::string_view::npos) {
      return true;
    }
  }
  return false;
}

/// What is wrong with the contact that publishers see; "" if nothing is.
std::string wrong_contact(const config::FetchSettings& fetch) {
  if (!fetch.user_agent.empty()) return "";
  constexpr std::string_view kAdvice =
      "publishers expect a crawler to say who runs it, and may block one that does not: set a URL or an e-mail address "
      "at which they can reach you";
  if (fetch.contact.empty()) return fmt::format("fetch.contact is not set; {}", kAdvice);
  const bool is_address = fetch.contact.find('@') != std::string::npos || fetch.contact.starts_with("http://") ||
                          fetch.contact.starts_with("https://");
  if (is_address && !names_example(ascii_lower(fetch.contact))) return "";
  return fmt::format("fetch.contact \"{}\" reaches nobody; {}", printable(fetch.contact), kAdvice);
}

}  // namespace

void check_settings(const config::Settings& settings, Problems& problems) {
  Taken taken(settings, problems);
  taken.take("daemon.control", {"", settings.daemon.control.lexically_normal().string()});
  check_bus(settings, taken, problems);
  check_websub(settings, taken, problems);
  check_metrics(settings, taken);
  check_fetch(settings, problems);
  watchlist::check_source_terms(settings, problems);
}

std::vector<config::Problem> warnings_of(const config::Settings& settings) {
  Problems out;
  if (std::string wrong = wrong_contact(settings.fetch); !wrong.empty()) {
    out.push_back({settings.place_of("fetch.contact"), std::move(wrong)});
  }
  const auto is_enabled = [](const auto& one) { return one.enabled; };
  if (std::ranges::none_of(settings.sources, is_enabled)) {
    out.push_back({{settings.daemon.sources},
                   settings.sources.empty() ? "there are no sources: nothing is watched"
                                            : "no source is enabled: nothing is watched; set enabled = true"});
  }
  if (std::ranges::none_of(settings.watchlists, [&](const auto& one) { return is_enabled(*one); })) {
    out.push_back({{settings.daemon.watchlists},
                   settings.watchlists.empty() ? "there are no watchlists: no alert is raised"
                                               : "no watchlist is enabled: no alert is raised; set enabled = true"});
  }
  return out;
}

void log_warnings(const config::Settings& settings) {
  for (const config::Problem& warning : warnings_of(settings)) log::say("config-doubtful", "{}", warning.text());
}

}  // namespace pw::app
