#include "app/descriptor_need.hpp"

#include "fakes/caught_log.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

namespace pw::app {
namespace {

TEST(DescriptorNeed, GrowsWithWhatTheConfigurationOpens) {
  config::Settings settings;
  const std::size_t usual = descriptors_needed(settings, 0);
  EXPECT_LT(usual, 1024U) << "the usual limit of a shell suffices for the defaults";
  EXPECT_GT(descriptors_needed(settings, 500), 1024U);
  settings.fetch.max_total = 1000;
  const std::size_t many = descriptors_needed(settings, 0);
  EXPECT_GT(many, usual + 1000);
  settings.websub = {"127.0.0.1:0", "https://news.example/hub"};
  EXPECT_GT(descriptors_needed(settings, 0), many);
}

TEST(DescriptorNeed, TooLowALimitIsSaid) {
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
  pipeline::Configuration configuration{{}, source::Registry({}), nullptr};
  const test::CaughtLog log;
  warn_of_few_descriptors(configuration);
  const bool was_enough = before.rlim_cur >= descriptors_needed(configuration.settings, 0);
  EXPECT_EQ(log.text().empty(), was_enough) << log.text();
  const rlimit low{100, before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &low), 0);
  warn_of_few_descriptors(configuration);
  ::setrlimit(RLIMIT_NOFILE, &before);
  EXPECT_THAT(log.text(), testing::HasSubstr("the limit on open files is 100"));
}

}  // namespace
}  // namespace pw::app
