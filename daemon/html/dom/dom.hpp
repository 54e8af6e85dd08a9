#pragma once
/// A parsed HTML page, stored as one flat array in preorder. Extraction and selectors walk it without recursion.

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

/// Elements that extraction rules refer to by number. All others are `other` and are identified by name only.
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

/// The Tag for a lower-case name, or Tag::other.
Tag tag_of(std::string_view name) noexcept;

/// An attribute of an element. Views point into the Document.
struct Attribute {
  std::string_view name;  ///< lower case
  std::string_view value;
};

/// Storage for the strings of a Document. Moving the pool does not move the strings.
class TextPool {
 public:
  /// Stores a copy of `text`. The view is valid as long as the pool, or the pool it was moved into.
  std::string_view keep(std::string_view text);

 private:
  std::vector<std::unique_ptr<char[]>> blocks_;
  char* free_ = nullptr;
  std::size_t free_bytes_ = 0;
};

/// An element or a text node. Views point into the Document.
struct Node {
  NodeKind kind = NodeKind::element;
  Tag tag = Tag::other;
  std::uint16_t attribute_count = 0;
  std::uint32_t first_attribute = 0;
  NodeIndex parent = kNoNode;
  NodeIndex next_sibling = kNoNode;
  NodeIndex first_child = kNoNode;
  NodeIndex end = 0;      ///< one past the last node of its subtree; its descendants are [index + 1, end)
  std::string_view text;  ///< of a text node: its text, references decoded; of an element: its lower-case name

  [[nodiscard]] bool is_element() const noexcept { return kind == NodeKind::element; }
};

/// Owns the nodes, attributes and all their strings. Moving it does not invalidate views. May be read from any thread.
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

  /// The lower-case name of an element; "" for a text node.
  [[nodiscard]] std::string_view name(NodeIndex index) const noexcept;
  [[nodiscard]] std::span<const Attribute> attributes(NodeIndex index) const noexcept;
  /// The value of an attribute, or "" if it is absent.
  [[nodiscard]] std::string_view attribute(NodeIndex index, std::string_view name) const noexcept;
  [[nodiscard]] bool has_attribute(NodeIndex index, std::string_view name) const noexcept;

  /// The contents of the page's JSON-LD scripts, which are not part of the tree.
  [[nodiscard]] std::span<const std::string_view> json_ld() const noexcept { return json_ld_; }
  /// True if a limit was exceeded: the tree then holds only the start of the page, or is flatter than the page.
  [[nodiscard]] bool truncated() const noexcept { return truncated_; }

 private:
  friend class DocumentBuilder;
  std::vector<Node> nodes_;
  std::vector<Attribute> attributes_;
  std::vector<std::string_view> json_ld_;
  TextPool pool_;
  bool truncated_ = false;
};

/// Builds a Document in preorder, by open(), text() and close() calls while a page is walked. Not thread-safe.
class DocumentBuilder {
 public:
  DocumentBuilder() = default;
  /// For input whose attributes are known in advance. Their strings, and those passed to kept_text(), must be in
  /// `pool`.
  DocumentBuilder(TextPool pool, std::vector<Attribute> attributes);
  /// Reserves memory for this number of nodes.
  void expect(std::size_t nodes) { document_.nodes_.reserve(nodes); }

  /// Opens an element inside the current one. `name` is copied unless it is the name of a known tag.
  void open(Tag tag, std::string_view name);
  /// Adds an attribute to the most recently opened element. Call it before adding children.
  void attribute(std::string_view name, std::string_view value);
  /// Assigns a range of the constructor's attributes to the most recently opened element.
  void attributes(std::uint32_t first, std::uint16_t count);
  void text(std::string_view text);
  /// Like text(), but does not copy: `text` must be in the pool.
  void kept_text(std::string_view text);
  void close();
  void json_ld(std::string_view body);
  void set_truncated() { document_.truncated_ = true; }
  /// Closes all open elements and returns the document.
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
