#include "cli/plugin/suggest.hpp"
#include "core/json/json_field.hpp"
#include "core/text.hpp"
#include "text/date/date.hpp"
#include "text/markup/plain_text.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace pw::cli {
namespace {

namespace json = boost::json;

constexpr std::size_t kSampled = 20;  // items per list
constexpr int kMaxDepth = 5;          // of lists in a document and of fields in an item

struct List {
  std::string path;
  const json::array* items = nullptr;
};

std::string escaped(std::string_view key) {
  std::string out;
  for (const char c : key) out += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
  return out;
}

void find_lists(const json::value& value, const std::string& path, int depth, List& best) {
  if (const json::array* array = value.if_array()) {
    const auto objects = std::ranges::count_if(*array, [](const json::value& one) { return one.is_object(); });
    const bool longer = best.items == nullptr || array->size() > best.items->size();
    if (objects * 2 > std::ssize(*array) && longer) best = {path, array};
    return;
  }
  if (!value.is_object() || depth == 0) return;
  for (const auto& member : value.get_object()) {
    find_lists(member.value(), path + "/" + escaped(member.key()), depth - 1, best);
  }
}

/// The values of one field over many items.
struct Field {
  std::string path;
  std::string name;  ///< the last key, lower case
  std::vector<std::string> values;
};

void collect(const json::value& item, const std::string& path, const std::string& name, int depth,
             std::map<std::string, Field>& fields) {
  if (const json::object* object = item.if_object()) {
    if (depth == 0) return;
    for (const auto& member : *object) {
      collect(member.value(), path + "/" + escaped(member.key()), ascii_lower(member.key()), depth - 1, fields);
    }
    return;
  }
  if (const json::array* array = item.if_array()) {
    if (depth == 0) return;
    for (const json::value& one : *array) collect(one, path + "/*", name, depth - 1, fields);
    return;
  }
  std::string text = pw::JsonField::compile("/v").value().text(json::object{{"v", item}});
  Field& field = fields[path];
  field.path = path;
  field.name = name;
  if (!text.empty()) field.values.push_back(std::move(text));
}

template <class F>
double share(const Field& field, F&& holds) {
  if (field.values.empty()) return 0;
  return static_cast<double>(std::ranges::count_if(field.values, holds)) / static_cast<double>(field.values.size());
}

double mean_length(const Field& field) {
  std::size_t bytes = 0;
  for (const std::string& value : field.values) bytes += value.size();
  return field.values.empty() ? 0 : static_cast<double>(bytes) / static_cast<double>(field.values.size());
}

bool is_link(const std::string& text) { return text.starts_with("http://") || text.starts_with("https://"); }

bool is_picture(const std::string& link) {
  constexpr std::array<std::string_view, 8> kEndings{".jpg", ".jpeg", ".png", ".webp", ".gif", ".svg", ".mp4", ".mp3"};
  const std::string path = ascii_lower(link.substr(0, link.find_first_of("?#")));
  return std::ranges::any_of(kEndings, [&](std::string_view ending) { return path.ends_with(ending); });
}

/// How well a name suggests the wanted field: 1 for the first word of the list, less for later ones.
template <std::size_t N>
double named(const Field& field, const std::array<std::string_view, N>& words) {
  for (std::size_t i = 0; i < N; ++i) {
    const double place = 1.0 - static_cast<double>(i) / (2.0 * N);
    if (field.name == words[i]) return place;
    if (field.name.ends_with(words[i]) || field.name.starts_with(words[i])) return place / 2;
  }
  return 0;
}

class Guess {
 public:
  Guess(const json::array& items, Time now) : now_(now) {
    for (std::size_t i = 0; i < items.size() && i < kSampled; ++i) collect(items[i], "", "", kMaxDepth, fields_);
    count_ = static_cast<double>(std::min(items.size(), kSampled));
  }

  std::string link() const {
    return best([](const Field& field) {
      constexpr std::array<std::string_view, 6> kNames{"url", "link", "permalink", "href", "web_url", "uri"};
      const auto is_page = [](const std::string& text) { return is_link(text) && !is_picture(text); };
      return share(field, is_page) * (0.3 + named(field, kNames));
    });
  }
  std::string title() const {
    return best([](const Field& field) {
      constexpr std::array<std::string_view, 5> kNames{"title", "headline", "subject", "caption", "name"};
      return share(field, [](const std::string& text) { return !is_link(text) && text.size() < 300; }) *
             named(field, kNames);
    });
  }
  std::string text() const {
    return best([](const Field& field) {
      constexpr std::array<std::string_view, 9> kNames{"content", "body",        "text",    "article", "fulltext",
                                                       "summary", "description", "excerpt", "abstract"};
      return share(field, [](const std::string& value) { return !is_link(value); }) * named(field, kNames) *
             std::min(mean_length(field) / 40, 1.0);
    });
  }
  std::string date() const {
    return best([this](const Field& field) {
      constexpr std::array<std::string_view, 7> kNames{"published_at", "published", "date",     "pubdate",
                                                       "created_at",   "datetime",  "timestamp"};
      return share(field, [this](const std::string& text) { return text::parse_date(text, now_).has_value(); }) *
             named(field, kNames);
    });
  }
  std::string author() const {
    return best([](const Field& field) {
      constexpr std::array<std::string_view, 4> kNames{"author", "byline", "creator", "authors"};
      const bool below = field.path.find("author") != std::string::npos && field.name == "name";
      return share(field, [](const std::string& text) { return !is_link(text) && text.size() < 100; }) *
             (below ? 1.0 : named(field, kNames));
    });
  }
  std::string id() const {
    return best([this](const Field& field) {
      constexpr std::array<std::string_view, 3> kNames{"id", "guid", "uuid"};
      const std::set<std::string> distinct(field.values.begin(), field.values.end());
      return distinct.size() == field.values.size() && static_cast<double>(distinct.size()) >= count_
                 ? named(field, kNames)
                 : 0;
    });
  }

 private:
  template <class F>
  std::string best(F&& score) const {
    double most = 0.2;
    std::string path;
    for (const auto& [key, field] : fields_) {
      // Prefer the field closer to the top: it belongs to the article itself, not to something nested in it.
      const auto depth = static_cast<double>(std::ranges::count(key, '/'));
      const double found =
          score(field) * std::min(1.0, static_cast<double>(field.values.size()) / count_) / (0.8 + 0.2 * depth);
      if (found > most) {
        most = found;
        path = key;
      }
    }
    return path;
  }

  Time now_;
  double count_ = 0;
  std::map<std::string, Field> fields_;
};

}  // namespace

std::vector<std::pair<std::string, std::string>> guess_json_options(const json::value& document, Time now) {
  List list;
  find_lists(document, "", kMaxDepth, list);
  if (list.items == nullptr || list.items->empty()) return {};
  const Guess guess(*list.items, now);
  std::vector<std::pair<std::string, std::string>> out{{"items", list.path}};
  const auto add = [&](const char* name, std::string path) {
    if (!path.empty()) out.emplace_back(name, std::move(path));
  };
  add("link", guess.link());
  add("title", guess.title());
  add("text", guess.text());
  if (out.size() == 1) return {};
  add("date", guess.date());
  add("author", guess.author());
  add("item_id", guess.id());
  return out;
}

}  // namespace pw::cli
