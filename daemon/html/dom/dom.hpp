#pragma once
/// A parsed HTML page as one flat array in preorder: what extraction and selectors walk, without recursion.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace pw::html {

using NodeIndex = std::uint32_t;
inline constexpr NodeIndex kNoNode = 0xFFFFFFFF;

enum class NodeKind : std::uint8_t { element, text };

/// The elements that rules ask for by number; every other one is `other` and has only its name.
enum class Tag : std::uint8_t {
  other,
  a,
  abbr,
  address,
  area,
  article,
  aside,
  audio,
  b,
  base,
  big,
  blockquote,
  body,
  br,
  button,
  canvas,
  caption,
  center,
  cite,
  code,
  col,
  colgroup,
  dd,
  del,
  details,
  dialog,
  div,
  dl,
  dt,
  em,
  embed,
  fieldset,
  figcaption,
  figure,
  font,
  footer,
  form,
  frame,
  frameset,
  h1,
  h2,
  h3,
  h4,
  h5,
  h6,
  head,
  header,
  hr,
  html,
  i,
  iframe,
  image,
  img,
  input,
  ins,
  kbd,
  label,
  legend,
  li,
  link,
  listing,
  main,
  map,
  mark,
  marquee,
  math,
  menu,
  meta,
  nav,
  nobr,
  noembed,
  noframes,
  noscript,
  object,
  ol,
  optgroup,
  option,
  p,
  param,
  picture,
  plaintext,
  pre,
  q,
  s,
  samp,
  script,
  section,
  select,
  small,
  source,
  span,
  strike,
  strong,
  style,
  sub,
  summary,
  sup,
  svg,
  table,
  tbody,
  td,
  template_,
  textarea,
  tfoot,
  th,
  thead,
  time,
  title,
  tr,
  track,
  tt,
  u,
  ul,
  var,
  video,
  wbr,
  xmp,
  count_
};

/// The number of a lower-case name.
Tag tag_of(std::string_view name) noexcept;

struct Attribute {
  std::string_view name;  ///< lower case
  std::string_view value;
};

/// Where the strings of a Document live: they stay where they are when it moves.
class TextPool {
 public:
  /// A copy of `text`; valid as long as the pool or what it was moved into.
  std::string_view keep(std::string_view text);

 private:
  std::vector<std::unique_ptr<char[]>> blocks_;
  char* free_ = nullptr;
  std::size_t free_bytes_ = 0;
};

/// Views point into the Document.
struct Node {
  NodeKind kind = NodeKind::element;
  Tag tag = Tag::other;
  std::uint16_t attribute_count = 0;
  std::uint32_t first_attribute = 0;
  NodeIndex parent = kNoNode;
  NodeIndex next_sibling = kNoNode;
  NodeIndex first_child = kNoNode;
  NodeIndex end = 0;      ///< behind the last node of its subtree; its descendants are [index + 1, end)
  std::string_view text;  ///< of a text node, entities decoded; of an element its lower-case name

  [[nodiscard]] bool is_element() const noexcept { return kind == NodeKind::element; }
};

/// Owns nodes, attributes and all their strings. Moves without invalidating views; read from any thread.
class Document {
 public:
  Document() = default;
  Document(Document&&) noexcept = default;
  Document& operator=(Document&&) noexcept = default;
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;
  ~Document() = default;

  [[nodiscard]] NodeIndex size() const noexcept { return static_cast<NodeIndex>(nodes_.size()); }
  [[nodiscard]] const Node& operator[](NodeIndex index) const noexcept { return nodes_[index]; }
  [[nodiscard]] std::span<const Node> nodes() const noexcept { return nodes_; }

  /// Lower-case name of an element; "" for text.
  [[nodiscard]] std::string_view name(NodeIndex index) const noexcept;
  [[nodiscard]] std::span<const Attribute> attributes(NodeIndex index) const noexcept;
  /// The value of an attribute, or "" when it is missing.
  [[nodiscard]] std::string_view attribute(NodeIndex index, std::string_view name) const noexcept;
  [[nodiscard]] bool has_attribute(NodeIndex index, std::string_view name) const noexcept;

  /// The bodies of the page's JSON-LD scripts, which are not nodes.
  [[nodiscard]] std::span<const std::string_view> json_ld() const noexcept { return json_ld_; }
  /// True when a cap cut something off: the tree is of the page's beginning, or flatter than the page.
  [[nodiscard]] bool truncated() const noexcept { return truncated_; }

 private:
  friend class DocumentBuilder;
  std::vector<Node> nodes_;
  std::vector<Attribute> attributes_;
  std::vector<std::string_view> json_ld_;
  TextPool pool_;
  bool truncated_ = false;
};

/// Fills a Document in preorder: open, text and close as a page is walked.
class DocumentBuilder {
 public:
  DocumentBuilder() = default;
  /// For elements whose attributes are known beforehand: their strings, and those of kept_text, are in `pool`.
  DocumentBuilder(TextPool pool, std::vector<Attribute> attributes);
  /// Takes memory for so many nodes at once.
  void expect(std::size_t nodes) { document_.nodes_.reserve(nodes); }

  /// Begins an element below the one open now. `name` is copied unless it is the name of a known tag.
  void open(Tag tag, std::string_view name);
  /// Adds an attribute to the element opened last, before anything is added below it.
  void attribute(std::string_view name, std::string_view value);
  /// Gives the element opened last `count` of the attributes given to the constructor.
  void attributes(std::uint32_t first, std::uint16_t count);
  void text(std::string_view text);
  /// As text, without a copy.
  void kept_text(std::string_view text);
  void close();
  void json_ld(std::string_view body);
  void set_truncated() { document_.truncated_ = true; }
  /// Closes what is open and gives the document away.
  Document finish();

 private:
  NodeIndex append(Node node);

  Document document_;
  std::vector<NodeIndex> open_;
  std::vector<NodeIndex> last_child_;
  NodeIndex last_root_ = kNoNode;
};

/// The name of a known tag; "" for `other`.
std::string_view tag_name(Tag tag) noexcept;

}  // namespace pw::html
