#pragma once
/// The output of `presswatch status`: one screen for people.

#include <boost/json/object.hpp>

#include <string>

namespace pw::cli {

/// What needs a person, worst first, then a line for each part of the daemon. No line has more than 80 columns.
/// `status` is the daemon's reply; what it lacks is left out.
std::string status_screen(const boost::json::object& status);

}  // namespace pw::cli
