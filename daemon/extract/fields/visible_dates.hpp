#pragma once
/// The date that readers see.

#include "extract/fields/fields.hpp"

#include <optional>
#include <string_view>

namespace pw::extract {

/// `date` unless it lies before 1990 or more than two days after `now`.
std::optional<StatedDate> plausible(std::optional<StatedDate> date, Time now);

/// The date nearest to the beginning of the text: in a time element, in something whose class speaks of a date, or in a
/// short line. A date that is announced as that of a change only when there is no other.
std::optional<StatedDate> visible_date(const FieldSources& from, std::string_view language);

}  // namespace pw::extract
