#include "webpage/webpage_source.hpp"

#include "core/text.hpp"
#include "extract/base_url.hpp"
#include "html/css/selector.hpp"
#include "html/dom/html.hpp"
#include "html/dom/html_tags.hpp"
#include "page_options.hpp"
#include "text/url/url.hpp"
#include "webpage/page_items.hpp"

#include <optional>
#include <set>
#include <stdexcept>

namespace pw::plugins {
namespace {

constexpr auto kOptions = with_page_options(std::array<config::OptionSpec, 9>{
    {{"url", config::OptionType::url, true, "the listing page"},
     {"links", config::OptionType::selector, false, "CSS selector for links to articles, or for elements around them"},
     {"match", config::OptionType::text, false, "only links whose URL contains this text"},
     {"items", config::OptionType::selector, false, "instead of links: CSS selector for elements with one item each"},
     {"link", config::OptionType::selector, false, "within an item: the link to its page (default: the first link)"},
     {"headline", config::OptionType::selector, false,
      "within an item: the headline (default: the beginning of the text)"},
     {"text", config::OptionType::selector, false, "within an item: the text"},
     {"published", config::OptionType::selector, false, "within an item: the date (default: the first <time>)"},
     {"complete", config::OptionType::flag, false, "with items: the text is the whole article; no page is fetched"}}});

constexpr std::size_t kMaxLinks = 500;

std::string link_text(const html::Document& page, html::NodeIndex link) {
  std::string out;
  for (html::NodeIndex node = link; node < page[link].end; ++node) {
    if (!page[node].is_element()) {
      out += page[node].text;
    } else if (html::is_unshown_tag(page[node].tag)) {
      node = page[node].end - 1;
    }
  }
  return out;
}

class WebpageSource final : public source::Source {
 public:
  explicit WebpageSource(const config::SourceSettings& settings)
      : url_(settings.options.text("url")), match_(settings.options.text("match")), page_(settings.options) {
    const std::string links = settings.options.text("links");
    if (links.empty() == settings.options.text("items").empty()) {
      throw std::invalid_argument("either \"links\" or \"items\" is required");
    }
    if (links.empty()) {
      items_.emplace(settings.options);
    } else {
      require_selector("links", links);
      links_.emplace(html::Selector::compile(links).value());
    }
  }

  Result<source::Emitted> poll(const source::PollInput& /*input*/) override {
    source::Emitted out;
    out.requests.push_back({url_, {}, "listing"});
    return out;
  }

  Result<source::Emitted> parse(const source::ParseInput& input) override {
    html::HtmlOptions options;
    options.keep_all = true;
    const auto page = html::parse_html(input.body, options);
    if (!page) return page.error();
    source::Emitted out;
    const std::string base = extract::base_url(*page, input.url);
    if (items_) {
      out.items = items_->read(*page, base, input.now);
      std::erase_if(out.items,
                    [&](const source::Item& one) { return one.hints.url.find(match_) == std::string::npos; });
      if (out.items.empty())
        out.warnings.emplace_back("the selector \"items\" matches nothing: has the layout changed?");
      return out;
    }
    std::set<std::string> seen;
    for (const html::NodeIndex match : links_->select(*page, 0)) {
      for (html::NodeIndex node = match; node < (*page)[match].end && out.items.size() < kMaxLinks; ++node) {
        if ((*page)[node].tag != html::Tag::a) continue;
        add_link(*page, node, base, seen, out.items);
      }
    }
    if (out.items.empty())
      out.warnings.emplace_back("the selector \"links\" matches no article link: has the layout changed?");
    return out;
  }

  Result<std::optional<Article>> extract(const source::PageInput& input) override { return page_.extract(input); }

 private:
  void add_link(const html::Document& page, html::NodeIndex node, std::string_view base, std::set<std::string>& seen,
                std::vector<source::Item>& items) const {
    const std::string url = text::resolve_url(trim(page.attribute(node, "href")), base);
    if (!url.starts_with("http") || url.find(match_) == std::string::npos) return;
    const std::string key = text::article_key(url);
    if (!seen.insert(key).second) return;
    source::Item item;
    item.id = key;
    item.hints.url = url;
    item.hints.title = std::string(trim(link_text(page, node)));
    item.hints.method = "webpage";
    items.push_back(std::move(item));
  }

  std::string url_;
  std::optional<html::Selector> links_;
  std::optional<PageItems> items_;
  std::string match_;
  PageRules page_;
};

}  // namespace

source::Plugin webpage_plugin() {
  return {"webpage",
          "a listing page, read with CSS selectors",
          kOptions,
          source::Plugin::Body::html,
          [](const config::SourceSettings& settings) -> std::unique_ptr<source::Source> {
            return std::make_unique<WebpageSource>(settings);
          },
          true};
}

}  // namespace pw::plugins
