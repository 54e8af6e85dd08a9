#pragma once
/// What the daemon is doing, and what needs a person.

#include "app/attention.hpp"
#include "app/components.hpp"

#include <boost/json/object.hpp>

#include <string>
#include <vector>

namespace pw::app {

/// The reply to the command "status". Loop thread only.
boost::json::object status(const Components& daemon);

/// What needs a person now. Loop thread only.
AttentionInput attention_input(const Components& daemon);

/// Why the daemon does not do its work now, one sentence each; empty: it does. Loop thread only.
std::vector<std::string> not_ready(const Components& daemon);

}  // namespace pw::app
