#pragma once
/// What every source plugin is, whichever form it has: three calls without side effects, input to emitted values.
/// The host does all I/O. Calls for one source are never made at the same time; they run on a pool thread.

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

/// Something to fetch. The host adds validators, headers of its own and all manners.
struct Request {
  std::string url;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string tag;      ///< comes back with the response; the plugin's own bookkeeping
  bool rotate = false;  ///< made in turn with others of its kind when there are more than one poll may make; false:
                        ///< made first, in order
};

/// One piece of news that a source names.
struct Item {
  std::string id;         ///< stable within the source; two items never share one
  Article hints;          ///< what the source itself says: url, title, text (plain), authors, dates, language, image
  bool complete = false;  ///< hints.text is the whole article; no page needs to be fetched
};

/// How often the source itself says that it is worth asking. Zero or empty: it does not say.
struct Pace {
  Milliseconds at_least{0};
  unsigned skip_hours = 0;  ///< bit h: not in hour h UTC
  unsigned skip_days = 0;   ///< bit d: not on day d, Sunday is 0

  friend bool operator==(const Pace&, const Pace&) = default;
};

/// What one call gives back.
struct Emitted {
  std::vector<Request> requests;
  std::vector<Item> items;
  std::optional<std::string> cursor;  ///< saved in the transaction that stores the items, never before
  Pace pace;
  std::vector<std::string> warnings;  ///< for the source's status: "3 entries had no link"
  std::size_t passed_over =
      0;                    ///< entries that the answer held and that are no items on purpose: too old, not asked for
  std::size_t at_once = 0;  ///< requests of this answer that one poll makes; 0: the host's limit
  std::string hub;          ///< WebSub hub that the answer names, absolute; else empty
  std::string topic;        ///< the URL under which the hub knows the source
};

struct PollInput {
  std::string_view cursor;
  Time now;
};

/// An answer with status 200; other statuses never reach a plugin.
struct ParseInput {
  std::string_view body;          ///< UTF-8, decoded by the host
  std::string_view url;           ///< after redirects
  std::string_view content_type;  ///< as sent
  std::string_view tag;
  std::string_view cursor;
  Time now;
};

struct PageInput {
  std::string_view html;  ///< UTF-8
  std::string_view url;
  Time now;
};

/// One configured source. Not thread-safe; the host serialises calls.
class Source {
 public:
  virtual ~Source() = default;
  virtual Result<Emitted> poll(const PollInput& input) = 0;
  virtual Result<Emitted> parse(const ParseInput& input) = 0;
  /// The article of a page, or nothing where the general extractor shall do it.
  virtual Result<std::optional<Article>> extract(const PageInput& input);
  /// The transaction that saved this cursor, and all that was emitted with it, has been committed.
  virtual void stored(std::string_view cursor);
  /// Makes a call that waits for a child return soon, with Errc::cancelled, and every later one too. Any thread, also
  /// while a call is on.
  virtual void interrupt() noexcept;
};

struct Package;

/// A kind of source. The built-in ones stand in one array, plugins/builtin.cpp; the others come from packages.
struct Plugin {
  std::string_view name;
  std::string_view summary;
  std::span<const config::OptionSpec> options;
  /// How the body is brought to UTF-8 before parse(): by the rules of XML or of HTML, not at all but for malformed
  /// bytes, or by what the answer's Content-Type says it is.
  enum class Body : std::uint8_t { xml, html, raw, automatic } body = Body::xml;
  /// Throws std::invalid_argument with what is wrong in the options (a selector that does not compile).
  std::function<std::unique_ptr<Source>(const config::SourceSettings& settings)> make;
  /// Every answer lists what the source has at the moment, so that one without any entry is an alarm. Not so where only
  /// news is answered.
  bool lists_everything = false;
  std::size_t max_body = 0;                  ///< decoded bytes its answers may have; 0: the configured limit
  std::shared_ptr<const Package> package{};  ///< where it comes from; nullptr: built in
  bool extracts = true;                      ///< its sources may read pages; false spares a child every page
  bool waits = false;                        ///< calls wait for a child: they belong on threads that may wait
  std::string refused{};                     ///< why it cannot be used; every call of its sources says this

  /// Its code comes from a package and has all rights of the daemon.
  [[nodiscard]] bool runs_unconfined() const;
};

}  // namespace pw::source
