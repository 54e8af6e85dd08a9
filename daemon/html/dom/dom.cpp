#include "html/dom/dom.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

namespace pw::html {
namespace {

constexpr std::array<std::string_view, static_cast<std::size_t>(Tag::count_)> kNames{
    "",         "a",       "abbr",       "address",  "area",     "article",    "aside",   "audio",   "b",
    "base",     "big",     "blockquote", "body",     "br",       "button",     "canvas",  "caption", "center",
    "cite",     "code",    "col",        "colgroup", "dd",       "del",        "details", "dialog",  "div",
    "dl",       "dt",      "em",         "embed",    "fieldset", "figcaption", "figure",  "font",    "footer",
    "form",     "frame",   "frameset",   "h1",       "h2",       "h3",         "h4",      "h5",      "h6",
    "head",     "header",  "hr",         "html",     "i",        "iframe",     "image",   "img",     "input",
    "ins",      "kbd",     "label",      "legend",   "li",       "link",       "listing", "main",    "map",
    "mark",     "marquee", "math",       "menu",     "meta",     "nav",        "nobr",    "noembed", "noframes",
    "noscript", "object",  "ol",         "optgroup", "option",   "p",          "param",   "picture", "plaintext",
    "pre",      "q",       "s",          "samp",     "script",   "section",    "select",  "small",   "source",
    "span",     "strike",  "strong",     "style",    "sub",      "summary",    "sup",     "svg",     "table",
    "tbody",    "td",      "template",   "textarea", "tfoot",    "th",         "thead",   "time",    "title",
    "tr",       "track",   "tt",         "u",        "ul",       "var",        "video",   "wbr",     "xmp"};
static_assert(std::is_sorted(kNames.begin(), kNames.end()));

/// A name is found by its length, first and last letter, and one in the middle.
constexpr std::size_t kTagSlots = 512;
constexpr std::size_t tag_slot(std::string_view name) {
  const auto letter = [name](std::size_t at) { return static_cast<unsigned char>(name[at]); };
  return (letter(0) * 8U + letter(name.size() - 1) * 92U + letter(name.size() / 2) * 77U + name.size() * 99U) %
         kTagSlots;
}

/// The tags by slot; one whose slot is taken has the next free one.
constexpr auto kTagTable = [] {
  std::array<Tag, kTagSlots> table{};
  for (std::size_t i = 1; i < kNames.size(); ++i) {
    std::size_t slot = tag_slot(kNames[i]);
    while (table[slot] != Tag::other) slot = (slot + 1) % kTagSlots;
    table[slot] = static_cast<Tag>(i);
  }
  return table;
}();

constexpr std::size_t kBlockBytes = 64 * 1024;

}  // namespace

Tag tag_of(std::string_view name) noexcept {
  if (name.empty()) return Tag::other;
  for (std::size_t slot = tag_slot(name); kTagTable[slot] != Tag::other; slot = (slot + 1) % kTagSlots)
    if (tag_name(kTagTable[slot]) == name) return kTagTable[slot];
  return Tag::other;
}

std::string_view tag_name(Tag tag) noexcept { return kNames[static_cast<std::size_t>(tag)]; }

std::string_view Document::name(NodeIndex index) const noexcept {
  return nodes_[index].is_element() ? nodes_[index].text : std::string_view{};
}

std::span<const Attribute> Document::attributes(NodeIndex index) const noexcept {
  const Node& node = nodes_[index];
  return std::span{attributes_}.subspan(node.first_attribute, node.attribute_count);
}

std::string_view Document::attribute(NodeIndex index, std::string_view name) const noexcept {
  for (const Attribute& attribute : attributes(index)) {
    if (attribute.name == name) return attribute.value;
  }
  return {};
}

bool Document::has_attribute(NodeIndex index, std::string_view name) const noexcept {
  return std::ranges::any_of(attributes(index), [&](const Attribute& a) { return a.name == name; });
}

NodeIndex DocumentBuilder::append(Node node) {
  const auto index = document_.size();
  node.parent = open_.empty() ? kNoNode : open_.back();
  node.end = index + 1;
  node.first_attribute = static_cast<std::uint32_t>(document_.attributes_.size());
  NodeIndex& last = open_.empty() ? last_root_ : last_child_.back();
  if (last != kNoNode) {
    document_.nodes_[last].next_sibling = index;
  } else if (!open_.empty()) {
    document_.nodes_[open_.back()].first_child = index;
  }
  last = index;
  document_.nodes_.push_back(node);
  return index;
}

DocumentBuilder::DocumentBuilder(TextPool pool, std::vector<Attribute> attributes) {
  document_.pool_ = std::move(pool);
  document_.attributes_ = std::move(attributes);
}

void DocumentBuilder::open(Tag tag, std::string_view name) {
  Node node;
  node.tag = tag;
  node.text = tag == Tag::other ? document_.pool_.keep(name) : tag_name(tag);
  open_.push_back(append(node));
  last_child_.push_back(kNoNode);
}

void DocumentBuilder::attribute(std::string_view name, std::string_view value) {
  document_.attributes_.push_back({document_.pool_.keep(name), document_.pool_.keep(value)});
  ++document_.nodes_.back().attribute_count;
}

void DocumentBuilder::attributes(std::uint32_t first, std::uint16_t count) {
  document_.nodes_.back().first_attribute = first;
  document_.nodes_.back().attribute_count = count;
}

void DocumentBuilder::text(std::string_view text) { kept_text(document_.pool_.keep(text)); }

void DocumentBuilder::kept_text(std::string_view text) {
  Node node;
  node.kind = NodeKind::text;
  node.text = text;
  append(node);
}

void DocumentBuilder::close() {
  if (open_.empty()) return;
  document_.nodes_[open_.back()].end = document_.size();
  open_.pop_back();
  last_child_.pop_back();
}

void DocumentBuilder::json_ld(std::string_view body) { document_.json_ld_.push_back(document_.pool_.keep(body)); }

Document DocumentBuilder::finish() {
  while (!open_.empty()) close();
  return std::move(document_);
}

std::string_view TextPool::keep(std::string_view text) {
  if (text.empty()) return {};
  if (text.size() > free_bytes_) {
    const std::size_t size = std::max(text.size(), kBlockBytes);
    blocks_.push_back(std::unique_ptr<char[]>(new char[size]));
    free_ = blocks_.back().get();
    free_bytes_ = size;
  }
  std::memcpy(free_, text.data(), text.size());
  const std::string_view kept{free_, text.size()};
  free_ += text.size();
  free_bytes_ -= text.size();
  return kept;
}

}  // namespace pw::html
