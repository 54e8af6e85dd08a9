#pragma once
/// Where the relative addresses of a page start from.

#include "html/dom/dom.hpp"

#include <string>
#include <string_view>

namespace pw::extract {

/// The document base URL of the HTML standard: the href of the first <base> that has one, seen from `url`, where the
/// page was fetched; `url` itself where there is none, or it is no web address.
std::string base_url(const html::Document& page, std::string_view url);

}  // namespace pw::extract
