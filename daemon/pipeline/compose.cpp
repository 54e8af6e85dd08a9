#include "pipeline/compose.hpp"

#include "extract/extract.hpp"
#include "extract/hints.hpp"
#include "extract/language/language.hpp"
#include "extract/page_kind.hpp"
#include "pipeline/refreshes.hpp"
#include "source/usable.hpp"
#include "text/charset/charset.hpp"
#include "text/date/date.hpp"

#include <spdlog/fmt/fmt.h>

#include <string_view>
#include <utility>

namespace pw::pipeline {
namespace {

using extract::PageKind;

void fill_gaps(Article& article, const Article& hints) {
  if (article.title.empty()) article.title = hints.title;
  if (article.authors.empty()) article.authors = hints.authors;
  if (!article.published) article.published = hints.published;
  if (!article.modified) article.modified = hints.modified;
  if (article.language.empty()) article.language = hints.language;
  if (article.site.empty()) article.site = hints.site;
  if (article.image.empty()) article.image = hints.image;
  if (article.text.empty()) {
    article.text = hints.text;
    article.partial = true;
  }
}

/// An extracted page, before it is combined with the hints of its source.
struct PageArticle {
  Article article;
  bool by_source = false;     ///< extracted by the source's own extractor
  bool has_language = false;  ///< its language was detected from its own text
};

Result<PageArticle> extract_page(source::Source& source, std::string_view html, const std::string& url, Time now) {
  auto own = source.extract({html, url, now});
  if (!own) return own.error();
  PageArticle out;
  out.by_source = own->has_value() && !(*own)->text.empty();
  if (own->has_value()) {
    out.article = std::move(**own);
  } else {
    auto general = extract::extract_article({html, url, now});
    if (!general) return general.error();
    out.article = std::move(*general);
  }
  out.article.url = url;
  out.has_language = !own->has_value() && !out.article.language.empty() && !out.article.text.empty();
  return out;
}

/// True if the page may be the article at another time (a robot check, maintenance).
bool may_pass(PageKind kind) { return kind != PageKind::not_found && kind != PageKind::front_page; }

/// Combines the page's own content with the hints that go beyond it.
Composed with_hints(PageArticle&& page, const Article& hints) {
  Composed out;
  Article& article = page.article;
  fill_gaps(article, hints);
  if (!page.has_language) {
    article.language = extract::settle_language({article.language, hints.language}, article.title, article.text);
  }
  out.content = content_id(article);
  const std::string missing = extract::missing_text(hints, article);
  if (!missing.empty()) article.text += (article.text.empty() ? "" : "\n") + missing;
  out.article = std::move(article);
  return out;
}

}  // namespace

Result<Composed> compose(source::Source& source, const fetch::FetchResponse& page, const source::Item& item, Time now) {
  Composed out;
  std::string storage;
  const std::string_view html = text::html_as_utf8(page.body, page.content_type, storage);
  out.refresh = refresh_of(page, html);
  if (!out.refresh.empty()) return out;
  auto read = extract_page(source, html, page.final_url, now);
  if (!read) return read.error();
  const Article& hints = item.hints;
  extract::PageVerdict verdict;
  if (!read->by_source) verdict = extract::judge_page(html, read->article, hints.url, page.final_url);
  if (verdict.kind == PageKind::script_redirect && !verdict.target.empty()) {
    out.refresh = verdict.target;
    return out;
  }
  if (verdict.kind != PageKind::article && verdict.kind != PageKind::paywall) {
    std::string reason = fmt::format("its page is not the article: {}", verdict.reason);
    if (says_nothing(item) && may_pass(verdict.kind)) {
      out.not_yet = std::move(reason);
      return out;
    }
    return compose_without_page(item, now, std::move(reason));
  }
  if (!read->by_source && extract::disagree(hints, read->article)) {
    return compose_without_page(item, now, "its page is about something else than the source says");
  }
  out = with_hints(std::move(*read), hints);
  Article& article = out.article;
  if (verdict.kind == PageKind::paywall) {
    article.partial = true;
    article.partial_reason = verdict.reason;
  }
  source::settle(article, out.notes);
  if (article.published) article.published = text::clamp_date(*article.published, now);
  return out;
}

Composed compose_without_page(const source::Item& item, Time now, std::string reason) {
  Composed out;
  Article& article = out.article;
  article = item.hints;
  article.language = extract::settle_language({article.language}, article.title, article.text);
  article.partial = article.partial || !item.complete;
  if (!reason.empty()) out.notes.push_back(reason);
  article.partial_reason = std::move(reason);
  if (article.published) article.published = text::clamp_date(*article.published, now);
  out.content = content_id(article);
  return out;
}

bool says_nothing(const source::Item& item) { return item.hints.title.empty() && item.hints.text.empty(); }

Id content_id(const Article& article) { return derive_id({article.title, article.text}); }

}  // namespace pw::pipeline
