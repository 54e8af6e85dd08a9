/// Receives what a plugin emits: reads structs with their declared size, validates and counts them.

#include "core/text.hpp"
#include "source/kinds/native/call.hpp"
#include "source/usable.hpp"
#include "text/date/date.hpp"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <initializer_list>

namespace pw::native {
namespace {

constexpr std::size_t kMaxStruct = 4096;
constexpr std::size_t kMaxHeaders = 100;
constexpr std::size_t kMaxAuthors = 1000;
constexpr std::size_t kOverhead = 64;  // counted for each emitted object in addition to its text
constexpr std::uint32_t kDay = 24 * 3600;

constexpr std::size_t kRequestOfFirstVersion = offsetof(pw_request, header_count) + sizeof(pw_request::header_count);
constexpr std::size_t kArticleOfFirstVersion = offsetof(pw_article, author_count) + sizeof(pw_article::author_count);

/// Reads a struct that may be shorter or longer than ours.
template <class T>
Result<T> read_struct(const T* given, std::size_t first_version, std::string_view what) {
  if (given == nullptr) return fail(Errc::plugin, "the {} is NULL", what);
  if (given->size < first_version || given->size > kMaxStruct) {
    return fail(Errc::plugin, "the {} has an invalid size of {} bytes: initialise it with pw_{}_init()", what,
                given->size, what);
  }
  T out{};
  std::memcpy(&out, given, std::min<std::size_t>(given->size, sizeof out));
  return out;
}

template <class T>
Result<void> check_list(const T* data, std::size_t count, std::size_t most, std::string_view what) {
  if (data == nullptr && count > 0) return fail(Errc::plugin, "the list of {} is NULL but has a size", what);
  if (count > most) return fail(Errc::too_large, "there are {} {}; the limit is {}", count, what, most);
  return {};
}

}  // namespace

Result<void> Call::only_in(std::initializer_list<Kind> kinds) const {
  if (std::ranges::find(kinds, kind_) != kinds.end()) return {};
  return fail(Errc::refused, "this function is not allowed in {}", name());
}

Result<std::string> Call::spend(pw_str given, std::string_view what) {
  const auto checked = text(given, what);
  if (!checked) return checked.error();
  if (checked->size() > left_) {
    return fail(Errc::too_large, "more than {} bytes were emitted", context_.package->limits.answer);
  }
  left_ -= checked->size();
  return std::string(*checked);
}

Result<void> Call::emit_request(const pw_request* request) {
  if (auto allowed = only_in({Kind::poll, Kind::parse}); !allowed) return allowed;
  const auto in = read_struct(request, kRequestOfFirstVersion, "request");
  if (!in) return in.error();
  if (auto list = check_list(in->headers, in->header_count, kMaxHeaders, "headers"); !list) return list;
  source::Request out;
  auto url = spend(in->url, "url of a request");
  if (!url) return url.error();
  if (!source::is_web_address(*url)) {
    return fail(Errc::plugin, "the request \"{}\" is not an http or https URL", printable(*url, 200));
  }
  out.url = std::move(*url);
  auto tag = spend(in->tag, "tag of a request");
  if (!tag) return tag.error();
  out.tag = std::move(*tag);
  for (std::size_t i = 0; i < in->header_count; ++i) {
    auto key = spend(in->headers[i].name, "name of a header");
    if (!key) return key.error();
    auto value = spend(in->headers[i].value, "value of a header");
    if (!value) return value.error();
    out.headers.emplace_back(std::move(*key), std::move(*value));
  }
  left_ -= std::min(left_, kOverhead);
  emitted_.requests.push_back(std::move(out));
  return {};
}

Result<Article> Call::read_article(const pw_article& in) {
  if (auto list = check_list(in.authors, in.author_count, kMaxAuthors, "authors"); !list) return list.error();
  Article out;
  std::string published;
  std::string modified;
  struct Field {
    pw_str given;
    std::string& out;
    std::string_view name;
  };
  for (const Field& field : std::initializer_list<Field>{{in.url, out.url, "url"},
                                                         {in.title, out.title, "title"},
                                                         {in.text, out.text, "text"},
                                                         {in.published, published, "date"},
                                                         {in.modified, modified, "date of change"},
                                                         {in.language, out.language, "language"},
                                                         {in.site, out.site, "name of the site"},
                                                         {in.section, out.section, "section"},
                                                         {in.image, out.image, "image"}}) {
    auto taken = spend(field.given, field.name);
    if (!taken) return taken.error();
    field.out = std::move(*taken);
  }
  for (std::size_t i = 0; i < in.author_count; ++i) {
    auto author = spend(in.authors[i], "name of an author");
    if (!author) return author.error();
    out.authors.push_back(std::move(*author));
  }
  out.published = text::parse_date(trim(published), now_);
  out.modified = text::parse_date(trim(modified), now_);
  out.language = ascii_lower(out.language);
  out.partial = (in.flags & PW_PARTIAL) != 0;
  out.method = "plugin";
  left_ -= std::min(left_, kOverhead);
  return out;
}

Result<void> Call::emit_item(const pw_article* given) {
  if (auto allowed = only_in({Kind::poll, Kind::parse}); !allowed) return allowed;
  const auto in = read_struct(given, kArticleOfFirstVersion, "article");
  if (!in) return in.error();
  if (++offered_ > source::kMaxPluginItems) {
    return fail(Errc::too_large, "more than {} items were emitted", source::kMaxPluginItems);
  }
  source::Item item;
  auto id = spend(in->id, "id");
  if (!id) return id.error();
  item.id = std::move(*id);
  auto hints = read_article(*in);
  if (!hints) return hints.error();
  item.hints = std::move(*hints);
  item.complete = (in->flags & PW_COMPLETE) != 0;
  std::vector<std::string> notes;
  if (const std::string fault = source::make_usable(item, notes); !fault.empty()) {
    source::add_warning(emitted_.warnings, fmt::format("item {} was skipped: {}", offered_, fault));
    return {};
  }
  for (const std::string& note : notes)
    source::add_warning(emitted_.warnings, fmt::format("item {}: {}", offered_, note));
  emitted_.items.push_back(std::move(item));
  return {};
}

Result<void> Call::set_article(const pw_article* given) {
  if (auto allowed = only_in({Kind::extract}); !allowed) return allowed;
  const auto in = read_struct(given, kArticleOfFirstVersion, "article");
  if (!in) return in.error();
  auto article = read_article(*in);
  if (!article) return article.error();
  article_ = std::move(*article);
  return {};
}

Result<void> Call::set_cursor(pw_str cursor) {
  if (auto allowed = only_in({Kind::poll, Kind::parse}); !allowed) return allowed;
  auto taken = spend(cursor, "cursor");
  if (!taken) return taken.error();
  if (taken->size() > source::kMaxCursor) {
    return fail(Errc::too_large, "the cursor is longer than {} bytes", source::kMaxCursor);
  }
  emitted_.cursor = std::move(*taken);
  return {};
}

Result<void> Call::set_pace(std::uint32_t seconds) {
  if (auto allowed = only_in({Kind::poll, Kind::parse}); !allowed) return allowed;
  emitted_.pace.at_least = std::chrono::seconds(std::min(seconds, kDay));
  return {};
}

Result<void> Call::warn(pw_str text) {
  if (!only_in({Kind::poll, Kind::parse})) return log(PW_LOG_WARNING, text);
  auto taken = spend(text, "warning");
  if (!taken) return taken.error();
  left_ -= std::min(left_, kOverhead);
  source::add_warning(emitted_.warnings, std::move(*taken));
  return {};
}

}  // namespace pw::native
