#pragma once
/// Answers that only send on to another address.

#include "fetch/fetch_types.hpp"

#include <string>

namespace pw::pipeline {

/// Where an HTML answer sends its reader by itself within ten seconds, by a Refresh header or a meta element; empty:
/// nowhere else. Pure.
std::string refresh_of(const fetch::FetchResponse& response);

}  // namespace pw::pipeline
