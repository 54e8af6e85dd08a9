#include "core/json/json_field.hpp"

#include "core/text.hpp"

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/stream_parser.hpp>

#include <algorithm>
#include <charconv>
#include <optional>

namespace pw {
namespace {

namespace json = boost::json;

constexpr std::size_t kMaxSelected = 10'000;
constexpr std::string_view kOr = " | ";

std::optional<std::string> unescape(std::string_view token) {
  std::string out;
  for (std::size_t i = 0; i < token.size(); ++i) {
    if (token[i] != '~') {
      out += token[i];
      continue;
    }
    ++i;
    if (i == token.size() || (token[i] != '0' && token[i] != '1')) return std::nullopt;
    out += token[i] == '0' ? '~' : '/';
  }
  return out;
}

/// RFC 6901, section 4: digits without leading zeros.
std::optional<std::size_t> array_index(std::string_view token) {
  if (token.empty() || (token.size() > 1 && token.front() == '0')) return std::nullopt;
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), index);
  if (error != std::errc{} || end != token.data() + token.size()) return std::nullopt;
  return index;
}

void step(const json::value& from, const std::string& token, std::vector<const json::value*>& out) {
  if (const json::object* object = from.if_object()) {
    if (const json::value* member = object->if_contains(token)) {
      out.push_back(member);
    } else if (token == "*") {
      for (const auto& one : *object) out.push_back(&one.value());
    }
  } else if (const json::array* array = from.if_array()) {
    if (token == "*") {
      for (const json::value& one : *array) out.push_back(&one);
    } else if (const auto index = array_index(token); index && *index < array->size()) {
      out.push_back(&(*array)[*index]);
    }
  }
}

std::string to_text(const json::value& value) {
  switch (value.kind()) {
    case json::kind::string: return std::string(value.get_string());
    case json::kind::int64: return std::to_string(value.get_int64());
    case json::kind::uint64: return std::to_string(value.get_uint64());
    case json::kind::double_: return fmt::format("{}", value.get_double());
    case json::kind::bool_: return value.get_bool() ? "true" : "false";
    default: return "";
  }
}

std::vector<std::string> texts_at(const JsonPath& path, const json::value& item) {
  std::vector<std::string> out;
  for (const json::value* one : path.select(item)) {
    std::string text = to_text(*one);
    if (!trim(text).empty()) out.push_back(std::move(text));
  }
  return out;
}

}  // namespace

Result<JsonPath> JsonPath::compile(std::string_view pointer) {
  JsonPath out;
  if (pointer.empty()) return out;
  if (pointer.front() != '/') {
    return fail(Errc::invalid, "\"{}\" is not a JSON pointer: it must begin with \"/\", as in \"/articles/0/title\"",
                printable(pointer));
  }
  std::size_t begin = 1;
  while (begin <= pointer.size()) {
    const std::size_t end = std::min(pointer.find('/', begin), pointer.size());
    auto token = unescape(pointer.substr(begin, end - begin));
    if (!token) {
      return fail(Errc::invalid, "\"{}\": \"~\" must be followed by 0 (for a tilde) or 1 (for a slash)",
                  printable(pointer));
    }
    out.tokens_.push_back(std::move(*token));
    begin = end + 1;
  }
  return out;
}

std::vector<const json::value*> JsonPath::select(const json::value& root) const {
  std::vector<const json::value*> here{&root};
  for (const std::string& token : tokens_) {
    std::vector<const json::value*> next;
    for (const json::value* one : here) {
      step(*one, token, next);
      if (next.size() > kMaxSelected) next.resize(kMaxSelected);
    }
    here = std::move(next);
  }
  return here;
}

Result<JsonField> JsonField::compile(std::string_view spec) {
  JsonField out;
  if (spec.empty()) return out;
  std::size_t begin = 0;
  while (begin <= spec.size()) {
    const std::size_t end = std::min(spec.find(kOr, begin), spec.size());
    auto choice = compile_choice(trim(spec.substr(begin, end - begin)));
    if (!choice) return choice.error();
    out.choices_.push_back(std::move(*choice));
    begin = end + kOr.size();
  }
  return out;
}

Result<JsonField::Choice> JsonField::compile_choice(std::string_view spec) {
  Choice out;
  if (spec.starts_with('/')) {
    auto path = JsonPath::compile(spec);
    if (!path) return path.error();
    out.push_back({"", std::move(*path), true});
    return out;
  }
  while (!spec.empty()) {
    const std::size_t open = spec.find('{');
    if (open == std::string_view::npos) {
      out.push_back({std::string(spec), {}, false});
      break;
    }
    const std::size_t close = spec.find('}', open);
    if (close == std::string_view::npos) {
      return fail(Errc::invalid, "\"{}\": missing closing brace", printable(spec));
    }
    auto path = JsonPath::compile(spec.substr(open + 1, close - open - 1));
    if (!path) return path.error();
    out.push_back({std::string(spec.substr(0, open)), std::move(*path), true});
    spec.remove_prefix(close + 1);
  }
  return out;
}

std::vector<std::string> JsonField::evaluate(const Choice& choice, const json::value& item) {
  if (choice.size() == 1 && choice[0].has_path && choice[0].literal.empty()) return texts_at(choice[0].path, item);
  std::string out;
  for (const Part& part : choice) {
    out += part.literal;
    if (!part.has_path) continue;
    const std::vector<std::string> found = texts_at(part.path, item);
    if (found.empty()) return {};
    out += found.front();
  }
  if (trim(out).empty()) return {};
  return {std::move(out)};
}

std::vector<std::string> JsonField::values(const json::value& item) const {
  for (const Choice& choice : choices_) {
    std::vector<std::string> found = evaluate(choice, item);
    if (!found.empty()) return found;
  }
  return {};
}

std::string JsonField::text(const json::value& item) const {
  std::vector<std::string> found = values(item);
  return found.empty() ? std::string{} : std::move(found.front());
}

Result<json::value> parse_json(std::string_view utf8, std::size_t max_depth) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  if (utf8.starts_with(kMark)) utf8.remove_prefix(kMark.size());
  json::parse_options options;
  options.max_depth = max_depth;
  json::stream_parser parser(json::make_shared_resource<json::monotonic_resource>(), options);
  json::error_code error;
  const std::size_t read = parser.write_some(utf8.data(), utf8.size(), error);
  if (!error && !trim(utf8.substr(read)).empty()) error = json::error::extra_data;
  if (!error) parser.finish(error);
  if (error) {
    const std::string_view near = utf8.substr(std::min(read, utf8.size()));
    return fail(Errc::parse, "not valid JSON: {} at byte {}, \"{}\"", error.message(), read, printable(near, 40));
  }
  return parser.release();
}

}  // namespace pw
