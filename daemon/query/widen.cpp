#include "query/widen.hpp"

#include "core/text.hpp"
#include "query/attach.hpp"
#include "query/spellings.hpp"
#include "query/terms.hpp"

#include <spdlog/fmt/fmt.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <utility>

namespace pw::query {

namespace {

constexpr std::size_t kMaxLeaves = 200'000;

UScriptCode script_of(std::string_view language) {
  if (language == "ar" || language == "fa") return USCRIPT_ARABIC;
  if (language == "he") return USCRIPT_HEBREW;
  if (language == "hy") return USCRIPT_ARMENIAN;
  if (language == "ka") return USCRIPT_GEORGIAN;
  if (language == "ko") return USCRIPT_HANGUL;
  return USCRIPT_LATIN;
}

/// The script of the first letter.
UScriptCode script_of_text(std::string_view text) {
  for (std::size_t pos = 0; pos < text.size();) {
    UErrorCode status = U_ZERO_ERROR;
    const UScriptCode script = uscript_getScript(static_cast<UChar32>(next_code_point(text, pos)), &status);
    if (U_SUCCESS(status) && script != USCRIPT_COMMON && script != USCRIPT_INHERITED) return script;
  }
  return USCRIPT_COMMON;
}

class Widener {
 public:
  explicit Widener(const Widening& widening) : widening_(widening) {}

  /// False if there are too many terms.
  bool visit(Node& node) {
    for (Node& child : node.children) {
      if (!visit(child)) return false;
    }
    return node.kind != Node::Kind::phrase || !node.alias_of.empty() || replace(node);
  }

 private:
  bool replace(Node& node) {
    std::vector<Node> forms{node};
    for (const std::string& language : widening_.forms) {
      if (script_of_text(node.term) != script_of(language)) continue;
      for (const std::string& form : attached_forms(node.term, language)) add(forms, node, form, false);
    }
    if (widening_.spellings) {
      for (const Spelling& one : other_spellings(node.term)) add(forms, node, one.text, one.exact);
    }
    leaves_ += forms.size();
    if (leaves_ > kMaxLeaves) return false;
    if (forms.size() == 1) return true;
    Node any;
    any.kind = Node::Kind::any;
    any.children = std::move(forms);
    node = std::move(any);
    return true;
  }

  static void add(std::vector<Node>& forms, const Node& written, const std::string& text, bool exact) {
    Lexeme one;
    one.kind = exact ? Lexeme::Kind::exact : Lexeme::Kind::phrase;
    one.text = text;
    Node form = read_term(one);
    form.field = written.field;
    form.weight = written.weight;
    const auto same = [&](const Node& other) { return other.kind == form.kind && other.tokens == form.tokens; };
    if (std::ranges::none_of(forms, same)) forms.push_back(std::move(form));
  }

  const Widening& widening_;
  std::size_t leaves_ = 0;
};

}  // namespace

std::optional<QueryError> widen(Node& root, const Widening& widening) {
  if (widening == Widening{}) return std::nullopt;
  if (Widener(widening).visit(root)) return std::nullopt;
  QueryError error;
  error.message = fmt::format("with its forms and spellings, the query has more than {} terms", kMaxLeaves);
  return error;
}

}  // namespace pw::query
