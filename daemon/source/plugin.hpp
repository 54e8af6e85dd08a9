#pragma once
/// The interface of source plugins of any kind: three calls without side effects, which turn their input into emitted
/// values. The host does all I/O. Calls for one source are never concurrent; they run on a pool thread.

#include "config/option_spec.hpp"
#include "config/settings.hpp"
#include "core/article.hpp"
#include "core/result.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pw::source {

/// Something to fetch. The host adds cache validators and its own headers, and enforces limits, robots.txt and pauses.
struct Request {
  std::string url;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string tag;      ///< returned with the response; opaque to the host
  bool rotate = false;  ///< rotated among similar requests if one poll may not make them all; false: made first
};

/// A news item listed by a source.
struct Item {
  std::string id;         ///< stable and unique within the source
  Article hints;          ///< what the source states: url, title, text (plain), authors, dates, language, image
  bool complete = false;  ///< hints.text is the whole article; no page is fetched
};

/// How often the source should be polled, according to itself. Zero or empty: not stated.
struct Pace {
  Milliseconds at_least{0};
  unsigned skip_hours = 0;  ///< bit h is set: not in hour h UTC
  unsigned skip_days = 0;   ///< bit d is set: not on day d; Sunday is 0

  friend bool operator==(const Pace&, const Pace&) = default;
};

/// The result of a call.
struct Emitted {
  std::vector<Request> requests;
  std::vector<Item> items;
  std::optional<std::string> cursor;  ///< saved in the transaction that stores the items, never before
  Pace pace;
  std::vector<std::string> warnings;  ///< for the status of the source: "3 entries had no link"
  std::size_t passed_over = 0;        ///< entries deliberately not emitted: too old, not wanted
  std::size_t at_once = 0;            ///< requests of this call made per poll; 0: the host's limit
  std::string hub;                    ///< absolute URL of the declared WebSub hub; else empty
  std::string topic;                  ///< the URL under which the hub knows the source
};

/// The input of poll().
struct PollInput {
  std::string_view cursor;
  Time now;
};

/// The input of parse(): a response with status 200. Plugins never see other statuses.
struct ParseInput {
  std::string_view body;          ///< decoded to UTF-8 by the host
  std::string_view url;           ///< after redirects
  std::string_view content_type;  ///< as sent
  std::string_view tag;
  std::string_view cursor;
  Time now;
};

/// The input of extract().
struct PageInput {
  std::string_view html;  ///< UTF-8
  std::string_view url;
  Time now;
};

/// One configured source. Not thread-safe, except for interrupt(); the host serialises calls. An error of a call fails
/// the poll; Errc::parse carries a reason given by the plugin itself.
class Source {
 public:
  virtual ~Source() = default;
  virtual Result<Emitted> poll(const PollInput& input) = 0;
  virtual Result<Emitted> parse(const ParseInput& input) = 0;
  /// The article on a page, or nullopt to use the general extractor.
  virtual Result<std::optional<Article>> extract(const PageInput& input);
  /// Called after the transaction that saved this cursor, and everything emitted with it, has been committed.
  virtual void stored(std::string_view cursor);
  /// Makes the current and all later calls that wait for a child return soon, with Errc::cancelled. Any thread, even
  /// during a call.
  virtual void interrupt() noexcept;
};

struct Package;

/// A kind of source. The built-in ones are listed in plugins/builtin.cpp; all others come from packages.
struct Plugin {
  std::string_view name;
  std::string_view summary;
  std::span<const config::OptionSpec> options;
  /// How the body is converted to UTF-8 before parse(): by the rules of XML or HTML, only by replacing malformed bytes,
  /// or according to the response's Content-Type.
  enum class Body : std::uint8_t { xml, html, raw, automatic } body = Body::xml;
  /// Throws std::invalid_argument if the options are wrong, for example because of an invalid selector.
  std::function<std::unique_ptr<Source>(const config::SourceSettings& settings)> make;
  /// True if every response lists everything the source currently has, so that an empty one indicates a problem. False
  /// if responses contain only news.
  bool lists_everything = false;
  std::size_t max_body = 0;                  ///< maximum decoded size of responses; 0: the configured limit
  std::shared_ptr<const Package> package{};  ///< its package; nullptr: built in
  bool extracts = true;                      ///< sources may implement extract(); false: pages are not sent to them
  bool waits = false;                        ///< calls wait for a child process, so they need a thread that may block
  std::string refused{};                     ///< why it cannot be used; returned by every call of its sources

  /// True if its code comes from a package and runs with the permissions of the daemon.
  [[nodiscard]] bool runs_unconfined() const;
};

}  // namespace pw::source
