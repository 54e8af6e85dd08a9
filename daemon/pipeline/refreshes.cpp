#include "pipeline/refreshes.hpp"

namespace pw::pipeline {

std::string refresh_of(const fetch::FetchResponse&) { return ""; }

}  // namespace pw::pipeline
