#pragma once
/// Applies the selectors of a source's settings.

#include "core/article.hpp"
#include "core/result.hpp"
#include "extract/extract.hpp"
#include "extract/page.hpp"

namespace pw::extract {

/// Drops what the source excludes, and fills the fields whose selectors match; other fields stay empty. The page must
/// have been parsed with HtmlOptions::keep_all. Errc::invalid for an invalid selector. Pure; a Page must not be used by
/// two threads at once.
Result<bool> apply_overrides(const Overrides& rules, Page& page, Article& article, Time now);

}  // namespace pw::extract
