#pragma once
/// The commands of the control socket: {"cmd": "status" | "sources" | "watchlists" | "addresses" | "fetch" |
/// "reload"}.

#include "app/components.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/json/object.hpp>

namespace pw::app {

/// Executes one command and returns the reply, for a reload when it is finished. Loop thread only.
boost::asio::awaitable<boost::json::object> control_command(boost::json::object request, Components daemon);

}  // namespace pw::app
