#include "core/text.hpp"
#include "extract/fields/metadata.hpp"
#include "extract/page.hpp"

#include <boost/json.hpp>

#include <algorithm>

namespace pw::extract {
namespace {

namespace json = boost::json;

constexpr std::size_t kMaxObjects = 20'000;

/// Repairs JSON as found on pages: line breaks inside strings, surrounding CDATA markers and comments.
std::string cleaned(std::string_view body) {
  std::string out;
  out.reserve(body.size());
  bool quoted = false;
  for (std::size_t i = 0; i < body.size(); ++i) {
    const char c = body[i];
    if (quoted && c == '\\' && i + 1 < body.size()) {
      out.push_back(c);
      out.push_back(body[++i]);
      continue;
    }
    if (c == '"') quoted = !quoted;
    out.push_back(static_cast<unsigned char>(c) < 0x20 ? ' ' : c);
  }
  for (const std::string_view mark : {"<![CDATA[", "//<![CDATA[", "/*<![CDATA[*/", "<!--"}) {
    if (const auto at = out.find(mark); at < 40) out.erase(0, at + mark.size());
  }
  const auto end = out.find_last_of("}]");
  if (end != std::string::npos) out.resize(end + 1);
  const auto start = out.find_first_of("{[");
  if (start != std::string::npos) out.erase(0, start);
  return out;
}

std::string text_of(const json::value& value) {
  if (value.is_string()) return folded(value.get_string());
  if (value.is_array() && !value.get_array().empty()) return text_of(value.get_array().front());
  return {};
}

const json::value* member(const json::object& object, std::string_view name) { return object.if_contains(name); }

std::string folded_member(const json::object& object, std::string_view name) {
  const json::value* value = member(object, name);
  return value != nullptr ? text_of(*value) : std::string{};
}

/// The value if it is a string, the member `name` of an object, or the same of the first element of an array.
std::string named(const json::value* value, std::string_view name) {
  for (int depth = 0; value != nullptr && depth < 4; ++depth) {
    if (value->is_string()) return folded(value->get_string());
    if (value->is_array()) {
      value = value->get_array().empty() ? nullptr : &value->get_array().front();
    } else if (value->is_object()) {
      value = member(value->get_object(), name);
    } else {
      return {};
    }
  }
  return {};
}

bool has_type(const json::object& object, std::initializer_list<std::string_view> endings) {
  const json::value* type = member(object, "@type");
  const auto matches = [&](const json::value& v) {
    return v.is_string() && std::ranges::any_of(endings, [&](std::string_view e) {
             return std::string_view{v.get_string()}.ends_with(e);
           });
  };
  if (type == nullptr) return false;
  return type->is_array() ? std::ranges::any_of(type->get_array(), matches) : matches(*type);
}

bool is_article(const json::object& object) {
  return has_type(object, {"Article", "BlogPosting", "Posting", "Report", "Review", "PressRelease", "Recipe"});
}

void add_authors(const json::value* value, LinkedData& out) {
  if (value == nullptr) return;
  if (value->is_array()) {
    for (const json::value& one : value->get_array())
      if (!one.is_array()) add_authors(&one, out);
    return;
  }
  std::string name = named(value, "name");
  if (name.empty()) return;
  const bool organization = value->is_object() && has_type(value->get_object(), {"Organization"});
  (organization ? out.organizations : out.authors).push_back(std::move(name));
}

void take(const json::object& object, LinkedData& out) {
  const auto fill = [](std::string& field, std::string value) {
    if (field.empty()) field = std::move(value);
  };
  if (out.headline.empty()) out.is_news = has_type(object, {"NewsArticle"});
  fill(out.headline, folded_member(object, "headline"));
  if (out.headline.empty()) fill(out.headline, folded_member(object, "name"));
  fill(out.description, folded_member(object, "description"));
  if (const json::value* body = member(object, "articleBody"); body != nullptr && body->is_string() && out.body.empty())
    out.body = std::string{std::string_view{body->get_string()}};
  for (const std::string_view name : {"author", "creator"})
    if (out.authors.empty() && out.organizations.empty()) add_authors(member(object, name), out);
  fill(out.published, folded_member(object, "datePublished"));
  fill(out.published, folded_member(object, "dateCreated"));
  fill(out.modified, folded_member(object, "dateModified"));
  fill(out.image, named(member(object, "image"), "url"));
  fill(out.section, folded_member(object, "articleSection"));
  fill(out.language, named(member(object, "inLanguage"), "name"));
  fill(out.publisher, named(member(object, "publisher"), "name"));
  fill(out.url, named(member(object, "mainEntityOfPage"), "@id"));
  if (const json::value* free = member(object, "isAccessibleForFree"); free != nullptr && !out.free) {
    if (free->is_bool()) out.free = free->get_bool();
    if (free->is_string()) out.free = !ascii_iequals(std::string_view{free->get_string()}, "false");
  }
}

void walk(const json::value& root, LinkedData& out) {
  std::vector<const json::value*> open{&root};
  std::size_t seen = 0;
  while (!open.empty() && ++seen < kMaxObjects) {
    const json::value* value = open.back();
    open.pop_back();
    if (value->is_array()) {
      const json::array& array = value->get_array();
      for (auto it = array.rbegin(); it != array.rend(); ++it) open.push_back(&*it);
    } else if (value->is_object()) {
      const json::object& object = value->get_object();
      if (is_article(object)) {
        take(object, out);
        continue;
      }
      for (const std::string_view name : {"mainEntity", "hasPart", "@graph"})
        if (const json::value* below = member(object, name)) open.push_back(below);
    }
  }
}

}  // namespace

LinkedData read_linked_data(const html::Document& document) {
  LinkedData out;
  json::parse_options options;
  options.allow_comments = true;
  options.allow_trailing_commas = true;
  options.allow_invalid_utf8 = true;
  options.max_depth = 64;
  for (const std::string_view body : document.json_ld()) {
    boost::system::error_code error;
    const json::value value = json::parse(cleaned(body), error, {}, options);
    if (!error) walk(value, out);
  }
  return out;
}

}  // namespace pw::extract
