#pragma once
/// The base URL of a page, against which its relative URLs are resolved.

#include "html/dom/dom.hpp"

#include <string>
#include <string_view>

namespace pw::extract {

/// The document base URL of the HTML standard: the href of the first <base> that has one, resolved against `url`, from
/// which the page was fetched. `url` itself if there is none or it is not a web URL.
std::string base_url(const html::Document& page, std::string_view url);

}  // namespace pw::extract
