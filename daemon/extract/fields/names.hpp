#pragma once
/// Parses names of people in bylines. Pure functions; any thread.

#include <string>
#include <string_view>
#include <vector>

namespace pw::extract {

/// Splits a byline into names and drops everything else: dates, addresses, roles, "By".
std::vector<std::string> names_in(std::string_view byline);

/// True if a text looks like a person's full name: two to five words that start like names, none of which is a byline
/// word ("View more posts").
bool is_full_name(std::string_view text);

/// True if a name is a login rather than a real name ("ann.lee").
bool is_login(std::string_view name);

/// True if a text starts with a word such as "By" or "Von", followed by a name.
bool begins_like_byline(std::string_view text);

/// The byline after a date ("Posted on 3 May by Ann Lee"), or else the whole text.
std::string_view byline_of(std::string_view text);

/// Appends a name unless it is already present, ignoring case.
void add_name(std::vector<std::string>& names, std::string name);

}  // namespace pw::extract
