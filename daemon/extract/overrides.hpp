#pragma once
/// What a source's own selectors find.

#include "core/article.hpp"
#include "core/result.hpp"
#include "extract/extract.hpp"
#include "extract/page.hpp"

namespace pw::extract {

/// Marks what is to be left out, and fills the fields whose selectors find something; the others stay empty. The page
/// must have been parsed with HtmlOptions::keep_all. Errc::invalid for what is no selector.
Result<bool> apply_overrides(const Overrides& rules, Page& page, Article& article, Time now);

}  // namespace pw::extract
