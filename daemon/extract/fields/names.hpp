#pragma once
/// Names of people in bylines.

#include <string>
#include <string_view>
#include <vector>

namespace pw::extract {

/// Splits a byline into names; leaves out what is no name: dates, addresses, roles, "By".
std::vector<std::string> names_in(std::string_view byline);

/// Whether a text reads like the full name of a person: two to five words that begin as names do, none of them a word
/// of bylines ("View more posts").
bool is_full_name(std::string_view text);

/// Whether a name is what somebody logs in with rather than what they are called ("ann.lee").
bool is_login(std::string_view name);

/// Whether a text begins with a word such as "By" or "Von" before a name.
bool begins_like_byline(std::string_view text);

/// The byline behind a date ("Posted on 3 May by Ann Lee"), or all of the text.
std::string_view byline_of(std::string_view text);

/// Appends a name unless it is there in another case.
void add_name(std::vector<std::string>& names, std::string name);

}  // namespace pw::extract
