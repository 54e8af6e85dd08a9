#include "json/json_source.hpp"

#include "core/id.hpp"
#include "core/json/json_field.hpp"
#include "core/text.hpp"
#include "json/url_template.hpp"
#include "source/usable.hpp"
#include "text/date/date.hpp"
#include "text/markup/plain_text.hpp"
#include "text/url/url.hpp"

#include <boost/json/object.hpp>

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace pw::plugins {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;
using config::OptionType;

constexpr std::int64_t kMaxPages = 20;
constinit const config::OptionValue kOne{std::int64_t{1}};
constinit const config::OptionValue kNone{std::int64_t{0}};

constexpr std::array<config::OptionSpec, 17> kOptions{{
    {"url", OptionType::url, true, "the API's address; may hold {page}, {offset}, {cursor}, {since}, {since_iso}"},
    {"headers", OptionType::list, false, "request headers, as in [\"Accept: application/json\"]"},
    {"items", OptionType::text, false, "JSON pointer to the list of items; \"\": the response is the list"},
    {"link", OptionType::text, false, "the item's page: a JSON pointer within the item, or text with {/pointers}"},
    {"item_id", OptionType::text, false, "what tells items apart; the link where it is not given"},
    {"title", OptionType::text, false, "the headline; the beginning of the text where it is not given"},
    {"text", OptionType::text, false, "summary or text; markup is taken out"},
    {"author", OptionType::text, false, "the author, or several by \"*\" in the pointer"},
    {"date", OptionType::text, false, "when it was published"},
    {"language", OptionType::text, false, "its language"},
    {"image", OptionType::text, false, "its image"},
    {"complete", OptionType::flag, false, "the text is the whole article: no page is fetched"},
    {"match", OptionType::text, false, "only items whose link holds this text"},
    {"next", OptionType::text, false, "pointer to the next page's address, or to the {cursor} of the url"},
    {"pages", OptionType::number, false, "how many pages a poll reads at most", &kOne, {1, kMaxPages}},
    {"first_page", OptionType::number, false, "the number of the first {page}", &kOne},
    {"page_size", OptionType::number, false, "how far {offset} moves from page to page", &kNone},
}};

constexpr std::size_t kMaxItems = 1000;  // per page
constexpr std::size_t kTitleBytes = 140;
constexpr Milliseconds kFirstLook = 72h;  // {since} before anything has been seen
constexpr Milliseconds kOverlap = 1h;     // because APIs list some items late

pw::JsonField field(const config::Options& options, std::string_view name) {
  auto compiled = pw::JsonField::compile(options.text(name));
  if (!compiled) throw std::invalid_argument(fmt::format("{}: {}", name, compiled.error().message));
  return std::move(*compiled);
}

pw::JsonPath path(const config::Options& options, std::string_view name) {
  auto compiled = pw::JsonPath::compile(options.text(name));
  if (!compiled) throw std::invalid_argument(fmt::format("{}: {}", name, compiled.error().message));
  return std::move(*compiled);
}

std::vector<std::pair<std::string, std::string>> headers(const config::Options& options) {
  std::vector<std::pair<std::string, std::string>> out;
  for (const std::string& line : options.list("headers")) {
    const std::size_t colon = line.find(':');
    if (colon == 0 || colon == std::string::npos) {
      throw std::invalid_argument(fmt::format("headers: \"{}\" must be written as \"Name: value\"", printable(line)));
    }
    out.emplace_back(trim(std::string_view(line).substr(0, colon)), trim(std::string_view(line).substr(colon + 1)));
  }
  return out;
}

std::string keys_of(const json::value& value) {
  if (value.is_array()) return fmt::format("a list of {}", value.get_array().size());
  if (!value.is_object()) return "a single value";
  std::string out;
  for (const auto& member : value.get_object()) {
    out += (out.empty() ? "" : ", ") + printable(member.key(), 40);
    if (out.size() > 300) return out + ", …";
  }
  return out.empty() ? "an empty object" : "the keys " + out;
}

std::string headline_of(std::string_view text) {
  const std::string_view line = trim(text.substr(0, text.find('\n')));
  if (line.size() <= kTitleBytes) return std::string(line);
  const std::string_view cut = utf8_prefix(line, kTitleBytes);
  const std::size_t space = cut.rfind(' ');
  return std::string(space == std::string_view::npos ? cut : cut.substr(0, space)) + "…";
}

/// Text without markup keeps its line breaks, which have no meaning in HTML.
std::string without_markup(std::string_view text) {
  if (text.find_first_of("<&") != std::string_view::npos) return text::plain_text(text);
  return std::string(trim(text));
}

/// The page number, and the newest date on earlier pages. Passed from a request to its response in the tag.
struct Place {
  std::int64_t page = 0;
  std::int64_t newest_ms = 0;

  [[nodiscard]] std::string tag() const { return fmt::format("{} {}", page, newest_ms); }
  static Place of(std::string_view tag) {
    Place out;
    const char* const end = tag.data() + tag.size();
    const auto [rest, error] = std::from_chars(tag.data(), end, out.page);
    if (error == std::errc{} && rest != end) std::from_chars(rest + 1, end, out.newest_ms);
    return out;
  }
};

std::int64_t newest_of(std::string_view cursor) {
  std::int64_t out = 0;
  std::from_chars(cursor.data(), cursor.data() + cursor.size(), out);
  return out;
}

class JsonSource final : public source::Source {
 public:
  explicit JsonSource(const config::SourceSettings& settings)
      : url_(settings.options.text("url")),
        headers_(headers(settings.options)),
        items_path_(settings.options.text("items")),
        items_(path(settings.options, "items")),
        link_(field(settings.options, "link")),
        id_(field(settings.options, "item_id")),
        title_(field(settings.options, "title")),
        text_(field(settings.options, "text")),
        author_(field(settings.options, "author")),
        date_(field(settings.options, "date")),
        language_(field(settings.options, "language")),
        image_(field(settings.options, "image")),
        next_(field(settings.options, "next")),
        match_(settings.options.text("match")),
        complete_(settings.options.flag("complete", false)),
        pages_(settings.options.number("pages", 1)),
        first_page_(settings.options.number("first_page", 1)),
        page_size_(settings.options.number("page_size", 0)) {
    if (link_.empty() && text_.empty() && title_.empty()) {
      throw std::invalid_argument("at least one of link, title and text is required");
    }
    if (url_.has("offset") && page_size_ == 0)
      throw std::invalid_argument("page_size is required, because the url contains {offset}");
    if (url_.has("cursor") && next_.empty())
      throw std::invalid_argument("next is required, because the url contains {cursor}");
    if (pages_ > 1 && next_.empty() && !url_.has("page") && !url_.has("offset")) {
      throw std::invalid_argument("pages: requires {page} or {offset} in the url, or the option next");
    }
  }

  Result<source::Emitted> poll(const source::PollInput& input) override {
    source::Emitted out;
    out.requests.push_back({address(0, "", input.cursor, input.now), headers_, Place{}.tag()});
    return out;
  }

  Result<source::Emitted> parse(const source::ParseInput& input) override {
    auto document = pw::parse_json(input.body);
    if (!document) return document.error();
    auto list = item_list(*document);
    if (!list) return list.error();
    source::Emitted out;
    const std::int64_t saved = newest_of(input.cursor);
    Place place = Place::of(input.tag);
    bool known_only = true;
    for (const json::value* one : *list) {
      if (out.items.size() == kMaxItems) break;
      auto item = to_item(*one, input);
      if (!item) continue;
      const auto& date = item->hints.published;
      known_only = known_only && date && to_ms(date->time) <= saved;
      if (date) place.newest_ms = std::max(place.newest_ms, std::min(to_ms(date->time), to_ms(input.now)));
      if (item->hints.url.find(match_) != std::string::npos) out.items.push_back(std::move(*item));
    }
    const bool unreadable = out.items.empty() && match_.empty() && !list->empty();
    if (unreadable) {
      return fail(Errc::parse,
                  "none of the {} items has a link, title or text in the configured fields; the first has {}",
                  list->size(), keys_of(*list->front()));
    }
    if (place.newest_ms > saved) out.cursor = std::to_string(place.newest_ms);
    if (!list->empty() && !known_only && place.page + 1 < pages_) add_next(*document, place, input, out);
    return out;
  }

 private:
  [[nodiscard]] std::string address(std::int64_t page, std::string_view next, std::string_view cursor, Time now) const {
    const std::int64_t newest = newest_of(cursor);
    return url_.expand(
        {first_page_ + page, page * page_size_, next, newest > 0 ? from_ms(newest) - kOverlap : now - kFirstLook});
  }

  void add_next(const json::value& document, Place place, const source::ParseInput& input, source::Emitted& out) const {
    ++place.page;
    const std::string next = next_.text(document);
    if (!next_.empty() && next.empty()) return;
    std::string url = next_.empty() || url_.has("cursor") ? address(place.page, next, input.cursor, input.now)
                                                          : text::resolve_url(next, input.url);
    if (url.empty()) {
      out.warnings.push_back("next: \"" + printable(next) + "\" is not a URL");
      return;
    }
    out.requests.push_back({std::move(url), headers_, place.tag()});
  }

  [[nodiscard]] Result<std::vector<const json::value*>> item_list(const json::value& document) const {
    const auto found = items_.select(document);
    if (found.empty()) {
      return fail(Errc::parse, "the response has nothing at items = \"{}\"; it has {}", printable(items_path_),
                  keys_of(document));
    }
    std::vector<const json::value*> out;
    for (const json::value* one : found) {
      if (const json::array* array = one->if_array()) {
        for (const json::value& item : *array) out.push_back(&item);
      } else if (found.size() > 1) {
        out.push_back(one);
      } else {
        return fail(Errc::parse, "items = \"{}\" is not a list, but has {}", printable(items_path_), keys_of(*one));
      }
    }
    return out;
  }

  [[nodiscard]] std::optional<source::Item> to_item(const json::value& value, const source::ParseInput& input) const {
    source::Item item;
    Article& hints = item.hints;
    const std::string link = link_.text(value);
    if (!link.empty()) hints.url = text::resolve_url(link, input.url);
    hints.text = without_markup(text_.text(value));
    hints.title = text::plain_line(title_.text(value));
    if (hints.title.empty()) hints.title = headline_of(hints.text);
    if (hints.url.empty() && hints.title.empty()) return std::nullopt;
    for (const std::string& author : author_.values(value)) hints.authors.push_back(text::plain_line(author));
    hints.published = text::parse_date(trim(date_.text(value)), input.now);
    hints.language = ascii_lower(language_.text(value));
    const std::string image = image_.text(value);
    if (!image.empty()) hints.image = text::resolve_url(image, input.url);
    hints.method = "json";
    item.complete = complete_ || hints.url.empty();
    item.id = id_.text(value);
    if (item.id.empty()) {
      item.id = !source::is_web_address(hints.url) ? to_hex(derive_id({hints.title, hints.text}))
                                                   : text::article_key(hints.url);
    }
    return item;
  }

  UrlTemplate url_;
  std::vector<std::pair<std::string, std::string>> headers_;
  std::string items_path_;
  pw::JsonPath items_;
  pw::JsonField link_, id_, title_, text_, author_, date_, language_, image_, next_;
  std::string match_;
  bool complete_;
  std::int64_t pages_, first_page_, page_size_;
};

}  // namespace

source::Plugin json_plugin() {
  return {"json", "a JSON API, read with JSON pointers", kOptions, source::Plugin::Body::raw,
          [](const config::SourceSettings& settings) -> std::unique_ptr<source::Source> {
            return std::make_unique<JsonSource>(settings);
          }};
}

}  // namespace pw::plugins
