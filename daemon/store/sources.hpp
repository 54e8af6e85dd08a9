#pragma once
/// The tables of what a source remembers: its state, its requests, its subscription.

#include "store/database.hpp"
#include "store/storage.hpp"

#include <string_view>
#include <vector>

namespace pw::store {

// All of these throw DbError.

void write_source(Database& db, const SourceState& state);
/// All requests of a source are of the same options; those of others are deleted.
void write_requests(Database& db, const SourceRequests& requests);
void write_subscription(Database& db, const Subscription& subscription);

std::vector<SourceState> load_sources(Database& db);
std::vector<RequestState> load_requests(Database& db, std::string_view source, const Id& options);
std::vector<Subscription> load_subscriptions(Database& db);

}  // namespace pw::store
