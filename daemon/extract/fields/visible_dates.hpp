#pragma once
/// Finds the visible date of an article. Pure functions; any thread.

#include "extract/fields/fields.hpp"

#include <optional>
#include <string_view>

namespace pw::extract {

/// `date`, or nullopt if it is before 1990 or more than two days after `now`.
std::optional<StatedDate> plausible(std::optional<StatedDate> date, Time now);

/// The date closest to the start of the text: in a time element, in an element whose class suggests a date, or in a
/// short line. A date announced as that of a change is used only if there is no other.
std::optional<StatedDate> visible_date(const FieldSources& from, std::string_view language);

}  // namespace pw::extract
