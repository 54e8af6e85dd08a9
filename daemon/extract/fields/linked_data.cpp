#include "core/text.hpp"
#include "extract/fields/linked_graph.hpp"
#include "extract/fields/metadata.hpp"
#include "extract/page.hpp"

#include <boost/json.hpp>

#include <algorithm>

namespace pw::extract {
namespace {

namespace json = boost::json;

constexpr std::size_t kMaxObjects = 20'000;
constexpr int kMaxNesting = 4;

const json::value* member(const json::object& object, std::string_view name) { return object.if_contains(name); }

/// The string in a value: itself, its @value, or that of the first element of an array.
std::string text_of(const json::value* value) {
  for (int depth = 0; value != nullptr && depth < kMaxNesting; ++depth) {
    if (value->is_string()) return folded(value->get_string());
    if (value->is_array()) {
      value = value->get_array().empty() ? nullptr : &value->get_array().front();
    } else {
      value = value->is_object() ? member(value->get_object(), "@value") : nullptr;
    }
  }
  return {};
}

std::string folded_member(const json::object& object, std::string_view name) { return text_of(member(object, name)); }

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

/// Reads article objects into `out`.
class LinkedReader {
 public:
  LinkedReader(LinkedGraph& graph, LinkedData& out) : graph_(graph), out_(out) {}

  void read() {
    for (const json::object* article : find({"mainEntity", "hasPart", "@graph"})) take(*article);
    if (!out_.headline.empty()) return;
    // A list of several is of other articles.
    const auto listed = find({"itemListElement", "item", "@graph"});
    if (listed.size() == 1) take(*listed.front());
  }

 private:
  /// The value if it is a string, or the member `name` of an object, or the same of the first element of an array.
  [[nodiscard]] std::string named(const json::value* value, std::string_view name) {
    for (int depth = 0; depth < kMaxNesting; ++depth) {
      if (name != "@id") value = graph_.resolved(value);
      if (value == nullptr) return {};
      if (value->is_string()) return folded(value->get_string());
      if (value->is_array()) {
        value = value->get_array().empty() ? nullptr : &value->get_array().front();
      } else if (value->is_object()) {
        const json::object& object = value->get_object();
        value = object.contains("@value") ? member(object, "@value") : member(object, name);
      } else {
        return {};
      }
    }
    return {};
  }

  /// Names, persons and organisations, alone or in lists; a list may be the value of "name", too.
  void add_authors(const json::value* value, int depth = 0) {
    value = graph_.resolved(value);
    if (value == nullptr || depth > kMaxNesting) return;
    if (value->is_array()) {
      for (const json::value& one : value->get_array()) add_authors(&one, depth + 1);
    } else if (value->is_object()) {
      add_author(value->get_object(), depth);
    } else if (std::string name = text_of(value); !name.empty()) {
      out_.authors.push_back(std::move(name));
    }
  }

  void add_author(const json::object& object, int depth) {
    for (const std::string_view list : {"@list", "@set", "@value"}) {
      if (const json::value* inner = member(object, list)) return add_authors(inner, depth + 1);
    }
    const json::value* name = member(object, "name");
    if (has_type(object, {"Organization"})) {
      if (std::string text = text_of(name); !text.empty()) out_.organizations.push_back(std::move(text));
    } else if (name != nullptr) {
      add_authors(name, depth + 1);
    } else {
      const std::string given = folded_member(object, "givenName");
      const std::string family = folded_member(object, "familyName");
      const std::string both = given.empty() || family.empty() ? given + family : given + ' ' + family;
      if (!both.empty()) out_.authors.push_back(both);
    }
  }

  void take(const json::object& object) {
    const auto fill = [](std::string& field, std::string value) {
      if (field.empty()) field = std::move(value);
    };
    if (out_.headline.empty()) out_.is_news = has_type(object, {"NewsArticle"});
    fill(out_.headline, folded_member(object, "headline"));
    if (out_.headline.empty()) fill(out_.headline, folded_member(object, "name"));
    fill(out_.description, folded_member(object, "description"));
    if (const json::value* body = member(object, "articleBody");
        body != nullptr && body->is_string() && out_.body.empty())
      out_.body = std::string{std::string_view{body->get_string()}};
    for (const std::string_view name : {"author", "creator"})
      if (out_.authors.empty() && out_.organizations.empty()) add_authors(member(object, name));
    fill(out_.published, folded_member(object, "datePublished"));
    fill(out_.published, folded_member(object, "dateCreated"));
    fill(out_.modified, folded_member(object, "dateModified"));
    fill(out_.image, named(member(object, "image"), "url"));
    fill(out_.section, folded_member(object, "articleSection"));
    fill(out_.language, named(member(object, "inLanguage"), "name"));
    fill(out_.publisher, named(member(object, "publisher"), "name"));
    fill(out_.url, named(member(object, "mainEntityOfPage"), "@id"));
    if (const json::value* free = member(object, "isAccessibleForFree"); free != nullptr && !out_.free) {
      if (free->is_bool()) out_.free = free->get_bool();
      if (free->is_string()) out_.free = !ascii_iequals(std::string_view{free->get_string()}, "false");
    }
  }

  /// The outermost article objects, in document order, reached through these members.
  [[nodiscard]] std::vector<const json::object*> find(std::initializer_list<std::string_view> members) const {
    std::vector<const json::object*> found;
    std::vector<const json::value*> open;
    const auto push_all = [&open](const json::array& array) {
      for (auto it = array.rbegin(); it != array.rend(); ++it) open.push_back(&*it);
    };
    push_all(graph_.roots());
    for (std::size_t seen = 0; !open.empty() && seen < kMaxObjects; ++seen) {
      const json::value* value = open.back();
      open.pop_back();
      if (value->is_array()) push_all(value->get_array());
      if (!value->is_object()) continue;
      const json::object& object = value->get_object();
      if (is_article(object)) {
        found.push_back(&object);
        continue;
      }
      for (const std::string_view name : members) {
        if (const json::value* below = member(object, name)) open.push_back(below);
      }
    }
    return found;
  }

  LinkedGraph& graph_;
  LinkedData& out_;
};

}  // namespace

LinkedData read_linked_data(const html::Document& document) {
  LinkedGraph graph(document);
  LinkedData out;
  LinkedReader(graph, out).read();
  return out;
}

}  // namespace pw::extract
