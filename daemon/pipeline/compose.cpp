#include "pipeline/compose.hpp"

#include "extract/extract.hpp"
#include "source/usable.hpp"
#include "text/charset/charset.hpp"
#include "text/date/date.hpp"

#include <string_view>
#include <utility>

namespace pw::pipeline {
namespace {

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

}  // namespace

Result<Composed> compose(source::Source& source, const fetch::FetchResponse& page, const source::Item& item, Time now) {
  Composed out;
  std::string storage;
  const std::string_view html = text::html_as_utf8(page.body, page.content_type, storage);
  auto own = source.extract({html, page.final_url, now});
  if (!own) return own.error();
  if (own->has_value()) {
    out.article = std::move(**own);
  } else {
    auto general = extract::extract_article({html, page.final_url, now});
    if (!general) return general.error();
    out.article = std::move(*general);
  }
  Article& article = out.article;
  article.url = page.final_url;
  fill_gaps(article, item.hints);
  out.content = content_id(article);
  source::settle(article, out.notes);
  if (article.published) article.published = text::clamp_date(*article.published, now);
  return out;
}

Composed compose_without_page(const source::Item& item, Time now, std::string) {
  Composed out;
  out.article = item.hints;
  out.article.partial = out.article.partial || !item.complete;
  if (out.article.published) out.article.published = text::clamp_date(*out.article.published, now);
  out.content = content_id(out.article);
  return out;
}

Id content_id(const Article& article) { return derive_id({article.title, article.text}); }

}  // namespace pw::pipeline
