#include "html/dom/html.hpp"

#include "core/text.hpp"
#include "html/dom/html_arena.hpp"
#include "html/dom/html_filter.hpp"

#include <gumbo.h>

#include <array>
#include <optional>
#include <utility>

namespace pw::html {
namespace {

void* take(void* arena, std::size_t bytes) { return static_cast<Arena*>(arena)->take(bytes); }
void give_back(void* arena, void* piece) { static_cast<Arena*>(arena)->give_back(piece); }

/// The output is allocated in the arena. Returns nullptr if the arena is exhausted.
GumboOutput* run_gumbo(Arena& arena, const std::string& markup) {
  GumboOptions options = kGumboDefaultOptions;
  options.allocator = take;
  options.deallocator = give_back;
  options.userdata = &arena;
  options.max_errors = 0;
  // Only C frames may lie between here and Arena::take.
  if (setjmp(arena.overflow) != 0) return nullptr;
  return gumbo_parse_with_options(&options, markup.data(), markup.size());
}

constexpr std::size_t kKnownTags = GUMBO_TAG_UNKNOWN;

/// Maps gumbo's tag numbers to ours.
const std::array<Tag, kKnownTags>& known_tags() {
  static const auto tags = [] {
    std::array<Tag, kKnownTags> out{};
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = tag_of(gumbo_normalized_tagname(static_cast<GumboTag>(i)));
    return out;
  }();
  return tags;
}

/// Copies gumbo's tree and inserts the texts and attributes.
class TreeCopy {
 public:
  explicit TreeCopy(FilteredHtml& source)
      : texts_(std::move(source.texts)),
        ranges_(std::move(source.ranges)),
        builder_(std::move(source.pool), std::move(source.attributes)) {
    if (source.truncated) builder_.set_truncated();
    for (const std::string_view body : source.json_ld) builder_.json_ld(body);
    builder_.expect(source.elements + texts_.size());
  }

  Document run(const GumboNode* root) {
    for (const GumboNode* node = root; node != nullptr;) {
      const bool is_element = node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE;
      if (is_element) {
        open(node->v.element);
        if (node->v.element.children.length > 0) {
          node = static_cast<const GumboNode*>(node->v.element.children.data[0]);
          continue;
        }
        builder_.close();
      } else if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE ||
                 node->type == GUMBO_NODE_CDATA) {
        add_text(node->v.text.text);
      }
      node = next_in_order(node, root);
    }
    return builder_.finish();
  }

 private:
  const GumboNode* next_in_order(const GumboNode* node, const GumboNode* root) {
    while (node != root) {
      const GumboVector& siblings = node->parent->v.element.children;
      const std::size_t place = node->index_within_parent + 1;
      if (place < siblings.length) return static_cast<const GumboNode*>(siblings.data[place]);
      node = node->parent;
      builder_.close();
    }
    return nullptr;
  }

  void open(const GumboElement& element) {
    if (element.tag != GUMBO_TAG_UNKNOWN) {
      const Tag tag = known_tags()[element.tag];
      builder_.open(tag, tag == Tag::other ? gumbo_normalized_tagname(element.tag) : std::string_view{});
    } else {
      GumboStringPiece piece = element.original_tag;
      gumbo_tag_from_original_text(&piece);
      std::string_view name{piece.data, piece.length};
      if (name.starts_with(kPlainPrefix)) name.remove_prefix(kPlainPrefix.size());
      builder_.open(tag_of(name), name);
    }
    if (element.attributes.length == 0) return;
    const std::string_view name = static_cast<const GumboAttribute*>(element.attributes.data[0])->name;
    std::size_t pos = 0;
    const auto number = name.empty() ? std::nullopt : from_reference(next_code_point(name, pos));
    if (number && *number < ranges_.size()) builder_.attributes(ranges_[*number].first, ranges_[*number].count);
  }

  /// Text nodes that gumbo merged contain several references.
  void add_text(std::string_view markup) {
    joined_.clear();
    for (std::size_t i = 0; i < markup.size();) {
      const std::size_t begin = i;
      const auto number = from_reference(next_code_point(markup, i));
      if (!number) {
        joined_ += markup.substr(begin, i - begin);
        continue;
      }
      if (*number >= texts_.size()) return;
      if (begin == 0 && i == markup.size()) {
        builder_.kept_text(texts_[*number]);
        return;
      }
      joined_ += texts_[*number];
    }
    if (joined_ == " ") {
      builder_.kept_text(" ");
    } else {
      builder_.text(joined_);
    }
  }

  std::vector<std::string_view> texts_;
  std::vector<FilteredHtml::Range> ranges_;
  DocumentBuilder builder_;
  std::string joined_;
};

}  // namespace

Result<Document> parse_html(std::string_view utf8, const HtmlOptions& options) {
  if (utf8.size() > options.max_input_bytes)
    return fail(Errc::too_large, "the page has {} bytes; the limit is {}", utf8.size(), options.max_input_bytes);
  if (!is_valid_utf8(utf8)) return parse_html(to_valid_utf8(utf8), options);
  FilteredHtml filtered = HtmlFilter{utf8, options}.run();
  Arena arena{options.max_memory_bytes};
  const GumboOutput* output = run_gumbo(arena, filtered.markup);
  if (output == nullptr)
    return fail(Errc::too_large, "the page needs more than {} bytes of memory to parse", options.max_memory_bytes);
  return TreeCopy{filtered}.run(output->root);
}

}  // namespace pw::html
