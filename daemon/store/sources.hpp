#pragma once
/// The tables of source state, requests and subscriptions.

#include "store/database.hpp"
#include "store/storage.hpp"

#include <string_view>
#include <vector>

namespace pw::store {

// All functions throw DbError.

void write_source(Database& db, const SourceState& state);
/// All stored requests of a source were made with the same options; those made with other options are deleted.
void write_requests(Database& db, const SourceRequests& requests);
void write_subscription(Database& db, const Subscription& subscription);

std::vector<SourceState> load_sources(Database& db);
std::vector<RequestState> load_requests(Database& db, std::string_view source, const Id& options);
std::vector<Subscription> load_subscriptions(Database& db);

}  // namespace pw::store
