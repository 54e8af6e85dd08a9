#include "parse/html.hpp"

#include "core/text.hpp"
#include "parse/html_arena.hpp"
#include "parse/html_filter.hpp"

#include <gumbo.h>

namespace pw::parse {
namespace {

void* take(void* arena, std::size_t bytes) { return static_cast<Arena*>(arena)->take(bytes); }
void give_back(void*, void*) {}

/// The output lives in the arena; nullptr when the arena was too small.
GumboOutput* run_gumbo(Arena& arena, const std::string& html) {
  GumboOptions options = kGumboDefaultOptions;
  options.allocator = take;
  options.deallocator = give_back;
  options.userdata = &arena;
  options.max_errors = 0;
  // Only C frames lie between here and Arena::take.
  if (setjmp(arena.overflow) != 0) return nullptr;
  return gumbo_parse_with_options(&options, html.data(), html.size());
}

void open_element(DocumentBuilder& builder, const GumboElement& element) {
  std::string_view name;
  std::string lower;
  if (element.tag != GUMBO_TAG_UNKNOWN) {
    name = gumbo_normalized_tagname(element.tag);
  } else {
    GumboStringPiece piece = element.original_tag;
    gumbo_tag_from_original_text(&piece);
    lower = ascii_lower({piece.data, piece.length});
    name = lower;
    if (name.starts_with(kPlainPrefix)) name.remove_prefix(kPlainPrefix.size());
  }
  builder.open(tag_of(name), name);
  for (unsigned i = 0; i < element.attributes.length; ++i) {
    const auto& attribute = *static_cast<const GumboAttribute*>(element.attributes.data[i]);
    builder.attribute(attribute.name, attribute.value);
  }
}

void copy_tree(DocumentBuilder& builder, const GumboNode* root) {
  for (const GumboNode* node = root; node != nullptr;) {
    const bool is_element = node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE;
    if (is_element) {
      open_element(builder, node->v.element);
      if (node->v.element.children.length > 0) {
        node = static_cast<const GumboNode*>(node->v.element.children.data[0]);
        continue;
      }
      builder.close();
    } else if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE || node->type == GUMBO_NODE_CDATA) {
      builder.text(node->v.text.text);
    }
    const GumboNode* next = nullptr;
    while (node != root && next == nullptr) {
      const GumboVector& siblings = node->parent->v.element.children;
      const std::size_t place = node->index_within_parent + 1;
      if (place < siblings.length) {
        next = static_cast<const GumboNode*>(siblings.data[place]);
      } else {
        node = node->parent;
        builder.close();
      }
    }
    node = next;
  }
}

}  // namespace

Result<Document> parse_html(std::string_view utf8, const HtmlOptions& options) {
  if (utf8.size() > options.max_input_bytes)
    return fail(Errc::too_large, "the page has {} bytes, more than {}", utf8.size(), options.max_input_bytes);
  const FilteredHtml filtered = HtmlFilter{utf8, options}.run();
  Arena arena{options.max_memory_bytes};
  const GumboOutput* output = run_gumbo(arena, filtered.html);
  if (output == nullptr)
    return fail(Errc::too_large, "the page needs more than {} bytes of memory to parse", options.max_memory_bytes);
  DocumentBuilder builder;
  if (filtered.truncated) builder.set_truncated();
  for (const std::string_view body : filtered.json_ld) builder.json_ld(body);
  copy_tree(builder, output->root);
  return builder.finish();
}

}  // namespace pw::parse
