#include "extract/extract.hpp"

#include "core/text.hpp"
#include "extract/base_url.hpp"
#include "extract/body/body.hpp"
#include "extract/body/class_words.hpp"
#include "extract/fields/fields.hpp"
#include "extract/overrides.hpp"
#include "html/dom/html.hpp"

#include <algorithm>
#include <memory>

namespace pw::extract {
namespace {

using html::NodeIndex;

struct Body {
  std::string text;
  std::string method;
  Container container;
  std::vector<Paragraph> paragraphs;
};

/// Converts articleBody to paragraphs. Some sites put markup or escaped markup into it.
std::string linked_text(std::string_view body) {
  const auto document = html::parse_html(body);
  if (!document) return {};
  const Page page{*document};
  std::string out;
  for (const Block& block : page.blocks) {
    if (!out.empty()) out += '\n';
    out += page.text_of(block);
  }
  return out;
}

Body find_body(Page& page, const FieldSources& from, std::string_view title) {
  Body body;
  drop_boilerplate(page);
  body.container = choose_container(page);
  body.method = body.container.method;
  const std::string_view description = !from.linked.description.empty()
                                           ? std::string_view{from.linked.description}
                                           : from.meta.first({"og:description", "description", "twitter:description"});
  body.paragraphs = choose_paragraphs(page, body.container, {from.url, title, description});
  body.text = joined(body.paragraphs);
  if (!page.is_off(Rule::linked_data) && from.linked.body.size() > 400 &&
      body.text.size() * 2 < from.linked.body.size()) {
    std::string linked = linked_text(from.linked.body);
    if (body.text.size() * 2 < linked.size()) {
      body.text = std::move(linked);
      body.method = "json-ld";
    }
  }
  return body;
}

constexpr std::size_t kShortText = 1'500;
constexpr std::size_t kNextToNothing = 250;
constexpr std::size_t kMaxContent = 2 * 1024 * 1024;

bool ends_open(std::string_view text) {
  for (const std::string_view mark : {"…", "...", "[…]", "[...]", "(…)", "(...)"})
    if (text.ends_with(mark)) return true;
  return false;
}

bool has_paywall(const html::Document& document) {
  ClassWords words;
  for (NodeIndex i = 0; i < document.size(); ++i) {
    if (!document[i].is_element() || document[i].first_child == html::kNoNode) continue;
    for (const std::string_view name : {"class", "id", "data-testid"})
      for (const std::string& word : words.split(document.attribute(i, name)))
        if (word == "paywall" || word == "regwall" || word == "paygate") return true;
  }
  return false;
}

/// True if the page says that it is not free, or if its text is truncated or nearly empty.
bool is_partial(const html::Document& document, const LinkedData& linked, std::string_view text) {
  if (text.empty()) return true;
  if (linked.free == false && text.size() < 2'500 && linked.body.size() <= text.size() + 200) return true;
  return text.size() < kShortText && linked.free != true && (ends_open(text) || has_paywall(document));
}

/// A parsed page and the objects that refer to it, kept together.
struct ParsedPage {
  ParsedPage(html::Document parsed, RuleSet off) : document(std::move(parsed)), page(document, off) {}

  html::Document document;
  Page page;
  Article article;
  Body body;
};

Result<bool> run(const PageInput& input, ParsedPage& reading) {
  Page& page = reading.page;
  Article& article = reading.article;
  article.url = std::string(input.url);
  if (input.overrides != nullptr) {
    const auto applied = apply_overrides(*input.overrides, page, article, input.now);
    if (!applied) return applied.error();
  }
  const MetaTags meta{reading.document};
  const LinkedData linked = read_linked_data(reading.document);
  const std::string base = base_url(reading.document, input.url);
  FieldSources from{page, meta, linked, input.url, base, input.now};
  article.site = find_site(from);
  if (article.title.empty()) article.title = find_title(from, article.site);
  reading.body = find_body(page, from, article.title);
  from.container = reading.body.container.node;
  if (article.text.empty()) {
    article.text = reading.body.text;
    article.method = reading.body.method;
  }
  article.language = find_language(from, article.title, article.text);
  if (article.authors.empty()) article.authors = find_authors(from, article.site);
  if (!article.published) article.published = find_published(from, article.language);
  article.modified = find_modified(from);
  article.canonical_url = find_canonical(from);
  article.image = find_image(from);
  article.section = find_section(from);
  article.partial = is_partial(reading.document, linked, article.text);
  return true;
}

Result<std::unique_ptr<ParsedPage>> read_once(const PageInput& input, bool noscript) {
  html::HtmlOptions options;
  options.max_content_bytes = kMaxContent;
  options.keep_all = input.overrides != nullptr;
  options.read_noscript = noscript;
  auto document = html::parse_html(input.html, options);
  if (!document) return document.error();
  auto reading = std::make_unique<ParsedPage>(std::move(*document), input.rules_off);
  const auto done = run(input, *reading);
  if (!done) return done.error();
  return reading;
}

/// If scripts insert the text, a copy for readers without JavaScript may be in a noscript element.
Result<std::unique_ptr<ParsedPage>> read(const PageInput& input) {
  auto reading = read_once(input, false);
  if (!reading || (*reading)->article.text.size() >= kNextToNothing) return reading;
  if (input.html.find("<noscript") == std::string_view::npos) return reading;
  auto other = read_once(input, true);
  if (!other || (*other)->article.text.size() < kNextToNothing + 3 * (*reading)->article.text.size()) return reading;
  return other;
}

}  // namespace

Result<std::uint32_t> read_rules(std::string_view names) {
  RuleSet rules = 0;
  while (!(names = trim(names)).empty()) {
    const std::string_view name = names.substr(0, names.find(' '));
    const Rule rule = rule_of(name);
    if (rule == Rule::count_ || rule == Rule::kept) return fail(Errc::invalid, "unknown rule \"{}\"", printable(name));
    rules |= rule_bit(rule);
    names.remove_prefix(name.size());
  }
  return rules;
}

Result<Article> extract_article(const PageInput& input) {
  auto reading = read(input);
  if (!reading) return reading.error();
  return std::move((*reading)->article);
}

Result<std::string> explain_page(const PageInput& input) {
  const auto reading = read(input);
  if (!reading) return reading.error();
  const Page& page = (*reading)->page;
  const std::vector<Paragraph>& paragraphs = (*reading)->body.paragraphs;
  std::string out = "text by: " + (*reading)->article.method + "\n";
  for (const Block& block : page.blocks) {
    const auto found = std::ranges::find_if(paragraphs, [&](const Paragraph& p) { return p.block == &block; });
    const bool inside = found != paragraphs.end();
    Rule rule = inside ? found->rule : page.rules[block.first];
    if (!inside && rule == Rule::kept) rule = Rule::outside;
    out += rule == Rule::kept ? "+ " : "- ";
    out += rule_name(rule);
    if (const auto word = page.word_of(block.first); !word.empty() && rule == page.rules[block.first])
      out += ":" + std::string(word);
    out += " " + std::to_string(block.weight) + "/" + std::to_string(block.link_weight);
    out += " <" + std::string(page.document.name(block.element)) + "> ";
    out += printable(page.raw_text_of(block), 90) + "\n";
  }
  return out;
}

}  // namespace pw::extract
