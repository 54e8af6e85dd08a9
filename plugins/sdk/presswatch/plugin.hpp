#ifndef PRESSWATCH_PLUGIN_HPP
#define PRESSWATCH_PLUGIN_HPP
/// Source plugins for presswatch in C++20: one header over plugin.h, nothing to link.
///
///     class Wire {
///      public:
///       explicit Wire(const presswatch::Options& options) : topic_(options.text("topic")) {}
///       void poll(const presswatch::Poll& in, presswatch::Call& call);
///       void parse(const presswatch::Response& in, presswatch::Call& call);
///       // optional:
///       std::optional<presswatch::Article> extract(const presswatch::Page& in, presswatch::Call& call);
///       void stored(std::string_view cursor);
///     };
///     PRESSWATCH_PLUGIN(Wire);
///
/// There is one object per configured source, and its functions are never called concurrently. An exception ends the
/// call; its text is the reason that `presswatch sources` shows. Options, views (string_view, Node, Value) and calls
/// are valid until the function returns, on its thread only. Functions of Options, Node, Value and Call throw Failure
/// if the host reports an error. PLUGIN_ABI.md is the specification.

#include <presswatch/plugin.h>

#include <charconv>
#include <chrono>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace presswatch {

/// Throw this to end a call with an error; the text is the reason.
class Failure : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Something to fetch. `tag` is returned with the response.
struct Request {
  std::string url{};
  std::string tag{};
  std::vector<std::pair<std::string, std::string>> headers{};
};

/// A news item. All text is plain UTF-8; dates may be in any common format, or Unix seconds as digits.
struct Item {
  std::string id{};  ///< stable and unique; empty: derived from the url, or else from title and text
  std::string url{};
  std::string title{};
  std::string text{};  ///< one paragraph per line
  std::vector<std::string> authors{};
  std::string published{};
  std::string modified{};
  std::string language{};
  std::string site{};
  std::string section{};
  std::string image{};
  bool complete = false;  ///< `text` is the whole article; its page is not fetched
  bool partial = false;   ///< `text` is a teaser or the beginning of the article
};

/// The article found by extract(). Fields as in Item.
struct Article {
  std::string url{};
  std::string title{};
  std::string text{};
  std::vector<std::string> authors{};
  std::string published{};
  std::string modified{};
  std::string language{};
  std::string site{};
  std::string section{};
  std::string image{};
  bool partial = false;
};

/// The input of poll().
struct Poll {
  std::string_view cursor;  ///< the position saved last; empty at first
  std::int64_t now_ms;      ///< Unix time in milliseconds
};

/// The input of parse(): the response to a request, always with status 200.
struct Response {
  std::string_view body;  ///< UTF-8
  std::string_view url;   ///< after redirects
  std::string_view content_type;
  std::string_view tag;
  std::string_view cursor;
  std::int64_t now_ms;
};

/// The input of extract(): the page of an item.
struct Page {
  std::string_view html;  ///< UTF-8
  std::string_view url;
  std::int64_t now_ms;
};

namespace detail {

inline pw_str str(std::string_view text) noexcept { return {text.data(), text.size()}; }
inline std::string_view view(pw_str text) noexcept {
  return text.size == 0 ? std::string_view{} : std::string_view{text.data, text.size};
}

inline std::optional<std::int64_t> to_number(std::string_view text) noexcept {
  std::int64_t out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return out;
}

/// The host functions, bound to one call.
struct Host {
  const pw_host* functions = nullptr;
  pw_call call{};

  /// True for PW_OK, false for PW_NOT_FOUND. For any other status, throws Failure with the host's error message.
  bool found(pw_status status) const {
    if (status == PW_OK) return true;
    if (status == PW_NOT_FOUND) return false;
    pw_str why{};
    if (functions->last_error(call, &why) != PW_OK) why = pw_text("a view or call was used after its call had ended");
    throw Failure(std::string(view(why)));
  }
};

}  // namespace detail

/// The options of the source, validated against the manifest. Options that are not set have the fallback value.
class Options {
 public:
  explicit Options(detail::Host host) : host_(host) {}

  [[nodiscard]] bool has(std::string_view name) const { return value(name, 0).has_value(); }
  [[nodiscard]] std::string text(std::string_view name, std::string_view fallback = "") const {
    return std::string(value(name, 0).value_or(fallback));
  }
  [[nodiscard]] std::int64_t number(std::string_view name, std::int64_t fallback = 0) const {
    return detail::to_number(value(name, 0).value_or("")).value_or(fallback);
  }
  [[nodiscard]] bool flag(std::string_view name) const { return value(name, 0) == "true"; }
  [[nodiscard]] std::vector<std::string> list(std::string_view name) const {
    std::vector<std::string> out;
    while (const auto one = value(name, out.size())) out.emplace_back(*one);
    return out;
  }

 private:
  [[nodiscard]] std::optional<std::string_view> value(std::string_view name, std::size_t number) const {
    pw_str out{};
    if (!host_.found(host_.functions->option(host_.call, detail::str(name), number, &out))) return std::nullopt;
    return detail::view(out);
  }

  detail::Host host_;
};

/// An element of an HTML page, or a null node, which has only empty texts and no children.
class Node {
 public:
  Node() = default;
  Node(detail::Host host, pw_node node) : host_(host), node_(node) {}

  explicit operator bool() const noexcept { return node_.id != 0; }

  /// The element name in lower case.
  [[nodiscard]] std::string_view name() const {
    pw_str out{};
    if (*this) host_.found(host_.functions->name(host_.call, node_, &out));
    return detail::view(out);
  }
  /// The value of an attribute, or "" if it is missing.
  [[nodiscard]] std::string_view attribute(std::string_view name) const {
    pw_str out{};
    if (*this) host_.found(host_.functions->attribute(host_.call, node_, detail::str(name), &out));
    return detail::view(out);
  }
  [[nodiscard]] bool has_attribute(std::string_view name) const {
    pw_str out{};
    return *this && host_.found(host_.functions->attribute(host_.call, node_, detail::str(name), &out));
  }
  /// The visible text, one paragraph per line.
  [[nodiscard]] std::string_view text() const {
    pw_str out{};
    if (*this) host_.found(host_.functions->text(host_.call, node_, &out));
    return detail::view(out);
  }
  /// The descendants that match a CSS selector, in document order.
  [[nodiscard]] std::vector<Node> select(std::string_view css) const {
    pw_nodes out{};
    if (*this) host_.found(host_.functions->select(host_.call, node_, detail::str(css), &out));
    return nodes(out);
  }
  /// The first of these, or a null node.
  [[nodiscard]] Node first(std::string_view css) const {
    pw_nodes out{};
    if (*this) host_.found(host_.functions->select(host_.call, node_, detail::str(css), &out));
    return out.size == 0 ? Node{} : Node{host_, out.data[0]};
  }
  [[nodiscard]] std::vector<Node> children() const {
    pw_nodes out{};
    if (*this) host_.found(host_.functions->children(host_.call, node_, &out));
    return nodes(out);
  }
  [[nodiscard]] Node parent() const {
    pw_node out{};
    return *this && host_.found(host_.functions->parent(host_.call, node_, &out)) ? Node{host_, out} : Node{};
  }

  friend bool operator==(const Node& a, const Node& b) noexcept { return a.node_.id == b.node_.id; }

 private:
  [[nodiscard]] std::vector<Node> nodes(const pw_nodes& list) const {
    std::vector<Node> out;
    out.reserve(list.size);
    for (std::size_t i = 0; i < list.size; ++i) out.emplace_back(host_, list.data[i]);
    return out;
  }

  detail::Host host_;
  pw_node node_{};
};

/// A value in a JSON document.
class Value {
 public:
  Value(detail::Host host, pw_value value) : host_(host), value_(value) {}

  /// The string, number or boolean at a pointer, as text; "" if there is none. Alternatives are separated by " | ", and
  /// the first one with a value is used. Braces combine several pointers ("https://x.example/{/id}"). "" is the value
  /// itself.
  [[nodiscard]] std::string_view text(std::string_view field = "") const {
    pw_str out{};
    host_.found(host_.functions->json_text(host_.call, value_, detail::str(field), &out));
    return detail::view(out);
  }
  [[nodiscard]] std::int64_t number(std::string_view field = "", std::int64_t fallback = 0) const {
    return detail::to_number(text(field)).value_or(fallback);
  }
  /// The values at a pointer (RFC 6901), where "*" matches every member.
  [[nodiscard]] std::vector<Value> select(std::string_view pointer) const {
    pw_values list{};
    host_.found(host_.functions->json_select(host_.call, value_, detail::str(pointer), &list));
    std::vector<Value> out;
    out.reserve(list.size);
    for (std::size_t i = 0; i < list.size; ++i) out.emplace_back(host_, list.data[i]);
    return out;
  }
  /// PW_JSON_NULL, PW_JSON_TEXT, …
  [[nodiscard]] std::int32_t type() const {
    std::int32_t out = PW_JSON_NULL;
    host_.found(host_.functions->json_type(host_.call, value_, &out));
    return out;
  }

 private:
  detail::Host host_;
  pw_value value_;
};

/// The current call: emits results and parses documents.
class Call {
 public:
  explicit Call(detail::Host host) : host_(host) {}
  Call(const Call&) = delete;
  Call& operator=(const Call&) = delete;

  [[nodiscard]] Options options() const { return Options(host_); }

  /// For poll() and parse(): emits a request.
  void request(const Request& request) {
    std::vector<pw_header> headers;
    for (const auto& [name, value] : request.headers) headers.push_back({detail::str(name), detail::str(value)});
    pw_request out = pw_request_init();
    out.url = detail::str(request.url);
    out.tag = detail::str(request.tag);
    out.headers = headers.data();
    out.header_count = headers.size();
    host_.found(host_.functions->emit_request(host_.call, &out));
  }
  /// For poll() and parse(): emits an item.
  void item(const Item& item) {
    std::vector<pw_str> authors;
    pw_article out = raw(item, authors);
    out.id = detail::str(item.id);
    if (item.complete) out.flags |= PW_COMPLETE;
    host_.found(host_.functions->emit_item(host_.call, &out));
  }
  /// Sets the position, which is saved once everything emitted has been stored. The last cursor of a poll is used.
  void cursor(std::string_view cursor) { host_.found(host_.functions->set_cursor(host_.call, detail::str(cursor))); }
  /// Sets the minimum interval between polls.
  void pace(std::chrono::seconds at_least) {
    host_.found(host_.functions->set_pace(host_.call, static_cast<std::uint32_t>(at_least.count())));
  }
  /// Adds a warning to the source's status.
  void warn(std::string_view text) { host_.found(host_.functions->warn(host_.call, detail::str(text))); }
  /// Logs a message with a level such as PW_LOG_INFO. At most 50 messages per call are logged; the rest is dropped.
  void log(std::int32_t level, std::string_view text) { host_.functions->log(host_.call, level, detail::str(text)); }

  /// Parses HTML and returns the root element.
  [[nodiscard]] Node html(std::string_view markup) const {
    pw_node out{};
    host_.found(host_.functions->html(host_.call, detail::str(markup), &out));
    return {host_, out};
  }
  /// Parses JSON and returns the root value.
  [[nodiscard]] Value json(std::string_view document) const {
    pw_value out{};
    host_.found(host_.functions->json(host_.call, detail::str(document), &out));
    return {host_, out};
  }
  /// Parses a feed (RSS, RDF, Atom, JSON Feed) and returns its entries.
  [[nodiscard]] std::vector<Item> feed(std::string_view document, std::string_view url) const {
    pw_articles list{};
    host_.found(host_.functions->feed(host_.call, detail::str(document), detail::str(url), &list));
    std::vector<Item> out;
    out.reserve(list.size);
    for (std::size_t i = 0; i < list.size; ++i) out.push_back(item_of(*list.data[i]));
    return out;
  }
  /// Resolves a link on the page `base` to an absolute URL; "" if it is invalid.
  [[nodiscard]] std::string_view resolve(std::string_view reference, std::string_view base) const {
    pw_str out{};
    host_.found(host_.functions->resolve(host_.call, detail::str(reference), detail::str(base), &out));
    return detail::view(out);
  }
  /// Parses a date in any common format to Unix milliseconds; nullopt if it is not a date.
  [[nodiscard]] std::optional<std::int64_t> date(std::string_view text) const {
    std::int64_t out = 0;
    if (!host_.found(host_.functions->date(host_.call, detail::str(text), &out))) return std::nullopt;
    return out;
  }
  /// Converts markup to plain text.
  [[nodiscard]] std::string_view plain_text(std::string_view markup) const {
    pw_str out{};
    host_.found(host_.functions->plain_text(host_.call, detail::str(markup), &out));
    return detail::view(out);
  }

  /// For detail::Adapter: passes on the result of extract().
  void article(const Article& article) {
    std::vector<pw_str> authors;
    const pw_article out = raw(article, authors);
    host_.found(host_.functions->set_article(host_.call, &out));
  }

 private:
  /// Borrows from `in` and `authors`.
  template <class T>
  static pw_article raw(const T& in, std::vector<pw_str>& authors) {
    for (const std::string& author : in.authors) authors.push_back(detail::str(author));
    pw_article out = pw_article_init();
    out.url = detail::str(in.url);
    out.title = detail::str(in.title);
    out.text = detail::str(in.text);
    out.published = detail::str(in.published);
    out.modified = detail::str(in.modified);
    out.language = detail::str(in.language);
    out.site = detail::str(in.site);
    out.section = detail::str(in.section);
    out.image = detail::str(in.image);
    out.authors = authors.data();
    out.author_count = authors.size();
    if (in.partial) out.flags |= PW_PARTIAL;
    return out;
  }

  static Item item_of(const pw_article& in) {
    const auto text = [](pw_str one) { return std::string(detail::view(one)); };
    Item out;
    out.id = text(in.id);
    out.url = text(in.url);
    out.title = text(in.title);
    out.text = text(in.text);
    for (std::size_t i = 0; i < in.author_count; ++i) out.authors.push_back(text(in.authors[i]));
    out.published = text(in.published);
    out.modified = text(in.modified);
    out.language = text(in.language);
    out.site = text(in.site);
    out.section = text(in.section);
    out.image = text(in.image);
    out.complete = (in.flags & PW_COMPLETE) != 0;
    out.partial = (in.flags & PW_PARTIAL) != 0;
    return out;
  }

  detail::Host host_;
};

namespace detail {

/// The C functions that wrap a plugin class. They never throw.
template <class Plugin>
struct Adapter {
  struct Instance {
    template <class... Arguments>
    explicit Instance(const pw_host* functions, const Arguments&... arguments)
        : host(functions), plugin(arguments...) {}
    const pw_host* host;
    Plugin plugin;
  };

  template <class F>
  static pw_status guarded(const pw_host* host, pw_call call, F&& work) noexcept {
    try {
      work();
      return PW_OK;
    } catch (const std::exception& error) {
      return host->fail(call, pw_text(error.what()));
    } catch (...) {
      return host->fail(call, pw_text("an exception that is not a std::exception"));
    }
  }

  static pw_status create(const pw_host* host, pw_call call, void** instance) noexcept {
    return guarded(host, call, [&] {
      if constexpr (std::is_constructible_v<Plugin, const Options&>) {
        *instance = new Instance(host, Options(Host{host, call}));
      } else {
        *instance = new Instance(host);
      }
    });
  }
  static void destroy(void* instance) noexcept { delete static_cast<Instance*>(instance); }

  static pw_status poll(void* instance, pw_call id, const pw_poll* in) noexcept {
    auto& self = *static_cast<Instance*>(instance);
    return guarded(self.host, id, [&] {
      Call call(Host{self.host, id});
      self.plugin.poll(Poll{view(in->cursor), in->now_ms}, call);
    });
  }
  static pw_status parse(void* instance, pw_call id, const pw_response* in) noexcept {
    auto& self = *static_cast<Instance*>(instance);
    return guarded(self.host, id, [&] {
      Call call(Host{self.host, id});
      self.plugin.parse(
          Response{view(in->body), view(in->url), view(in->content_type), view(in->tag), view(in->cursor), in->now_ms},
          call);
    });
  }
  static pw_status extract(void* instance, pw_call id, const pw_page* in) noexcept {
    auto& self = *static_cast<Instance*>(instance);
    return guarded(self.host, id, [&] {
      Call call(Host{self.host, id});
      const std::optional<Article> found = self.plugin.extract(Page{view(in->html), view(in->url), in->now_ms}, call);
      if (found) call.article(*found);
    });
  }
  static void stored(void* instance, pw_call id, pw_str cursor) noexcept {
    auto& self = *static_cast<Instance*>(instance);
    guarded(self.host, id, [&] { self.plugin.stored(view(cursor)); });
  }

  static constexpr pw_plugin descriptor() {
    pw_plugin out{sizeof(pw_plugin), PW_ABI_MAJOR, 0, create, destroy, poll, parse, nullptr, nullptr};
    if constexpr (requires(Plugin & plugin, const Page& page, Call& call) { plugin.extract(page, call); }) {
      out.extract = extract;
    }
    if constexpr (requires(Plugin & plugin) { plugin.stored(std::string_view{}); }) out.stored = stored;
    return out;
  }
};

}  // namespace detail
}  // namespace presswatch

/// Exports the plugin. Use it once, outside of all namespaces.
#define PRESSWATCH_PLUGIN(Class)                                                          \
  const pw_plugin* pw_plugin_get(void) {                                                  \
    static constexpr pw_plugin plugin = presswatch::detail::Adapter<Class>::descriptor(); \
    return &plugin;                                                                       \
  }                                                                                       \
  static_assert(true)

#endif
