#include "fetch/guard/address_guard.hpp"

#include <gmock/gmock.h>

namespace pw::fetch {
namespace {

using testing::HasSubstr;

struct RangeCase {
  const char* name;
  const char* first;
  const char* last;
};

class SpecialRange : public testing::TestWithParam<RangeCase> {};

TEST_P(SpecialRange, IsRefusedFromItsFirstToItsLastAddress) {
  const AddressGuard guard = *AddressGuard::parse({});
  for (const char* text : {GetParam().first, GetParam().last}) {
    const auto ip = parse_ip(text);
    ASSERT_TRUE(ip) << text;
    const auto refusal = guard.check(*ip, "news.example", 443);
    ASSERT_TRUE(refusal) << text;
    EXPECT_EQ(refusal->code, Errc::refused);
    EXPECT_THAT(refusal->message, HasSubstr("news.example"));
  }
}

INSTANTIATE_TEST_SUITE_P(
    Iana, SpecialRange,
    testing::Values(
        RangeCase{"this_network", "0.0.0.0", "0.255.255.255"}, RangeCase{"private_10", "10.0.0.0", "10.255.255.255"},
        RangeCase{"carrier_nat", "100.64.0.0", "100.127.255.255"},
        RangeCase{"loopback", "127.0.0.0", "127.255.255.255"},
        RangeCase{"link_local", "169.254.0.0", "169.254.255.255"},
        RangeCase{"metadata", "169.254.169.254", "168.63.129.16"},
        RangeCase{"private_172", "172.16.0.0", "172.31.255.255"}, RangeCase{"ietf", "192.0.0.0", "192.0.0.255"},
        RangeCase{"doc_1", "192.0.2.0", "192.0.2.255"}, RangeCase{"as112_a", "192.31.196.0", "192.31.196.255"},
        RangeCase{"amt", "192.52.193.0", "192.52.193.255"}, RangeCase{"relay_6to4", "192.88.99.0", "192.88.99.255"},
        RangeCase{"private_192", "192.168.0.0", "192.168.255.255"},
        RangeCase{"as112_b", "192.175.48.0", "192.175.48.255"}, RangeCase{"bench", "198.18.0.0", "198.19.255.255"},
        RangeCase{"doc_2", "198.51.100.0", "198.51.100.255"}, RangeCase{"doc_3", "203.0.113.0", "203.0.113.255"},
        RangeCase{"multicast", "224.0.0.0", "239.255.255.255"}, RangeCase{"reserved", "240.0.0.0", "255.255.255.255"},
        RangeCase{"unspecified6", "::", "::"}, RangeCase{"loopback6", "::1", "::1"},
        RangeCase{"compatible", "::2", "::7f00:1"}, RangeCase{"mapped", "::ffff:127.0.0.1", "::ffff:10.0.0.1"},
        RangeCase{"nat64", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe"},
        RangeCase{"nat64_local", "64:ff9b:1::", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff"},
        RangeCase{"discard", "100::", "100::ffff:ffff:ffff:ffff"},
        RangeCase{"dummy", "100:0:0:1::", "100:0:0:1:ffff:ffff:ffff:ffff"},
        RangeCase{"ietf6", "2001::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff"},
        RangeCase{"doc6", "2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"},
        RangeCase{"six_to_four", "2002:7f00:1::", "2002:c0a8:101::1"},
        RangeCase{"isatap", "2a00::5efe:7f00:1", "2a00::200:5efe:a00:1"},
        RangeCase{"as112_6", "2620:4f:8000::", "2620:4f:8000:ffff:ffff:ffff:ffff:ffff"},
        RangeCase{"doc6_b", "3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff"},
        RangeCase{"segment_routing", "5f00::", "5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff"},
        RangeCase{"unique_local", "fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"},
        RangeCase{"link_local6", "fe80::", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff"},
        RangeCase{"teredo", "2001::", "2001:0:ffff:ffff:ffff:ffff:f5ff:fffe"},
        RangeCase{"orchid", "2001:10::", "2001:2f:ffff:ffff:ffff:ffff:ffff:ffff"},
        RangeCase{"six_to_four_metadata", "2002:a9fe:a9fe::", "2002:a9fe:a9fe:ffff:ffff:ffff:ffff:ffff"},
        RangeCase{"translated", "::ffff:0:127.0.0.1", "::ffff:0:10.0.0.1"},
        RangeCase{"unallocated_low", "200::", "1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"},
        RangeCase{"unallocated_high", "4000::", "fbff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"},
        RangeCase{"site_local6", "fec0::", "feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"},
        RangeCase{"multicast6", "ff00::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"}),
    [](const auto& param) { return std::string(param.param.name); });

TEST(AddressGuard, LetsPublicAddressesThroughUpToTheEdgesOfTheRanges) {
  const AddressGuard guard = *AddressGuard::parse({});
  for (const char* text :
       {"1.0.0.0",         "9.255.255.255",   "11.0.0.0",         "100.63.255.255",  "100.128.0.0",
        "126.255.255.255", "128.0.0.0",       "172.15.255.255",   "172.32.0.0",      "192.0.1.0",
        "192.167.255.255", "198.17.255.255",  "198.20.0.0",       "223.255.255.255", "2000::1",
        "2001:200::1",     "2606:4700::1111", "64:ff9b::808:808", "2002:808:808::1", "::ffff:8.8.8.8"}) {
    EXPECT_FALSE(guard.check(*parse_ip(text), "h", 80)) << text;
  }
}

TEST(AddressGuard, AllowsWhatTheSettingsName) {
  const AddressGuard guard =
      *AddressGuard::parse({"127.0.0.0/8", "10.1.2.3:8080", "[::1]:81", "fd00::/8", "wiki.intern:443"});
  EXPECT_FALSE(guard.check(*parse_ip("127.9.9.9"), "h", 1));
  EXPECT_FALSE(guard.check(*parse_ip("10.1.2.3"), "h", 8080));
  EXPECT_TRUE(guard.check(*parse_ip("10.1.2.3"), "h", 80));
  EXPECT_TRUE(guard.check(*parse_ip("10.1.2.4"), "h", 8080));
  EXPECT_FALSE(guard.check(*parse_ip("::1"), "h", 81));
  EXPECT_TRUE(guard.check(*parse_ip("::1"), "h", 82));
  EXPECT_FALSE(guard.check(*parse_ip("fd12::1"), "h", 1));
  EXPECT_FALSE(guard.check(*parse_ip("192.168.1.1"), "WIKI.intern", 443));
  EXPECT_TRUE(guard.check(*parse_ip("192.168.1.1"), "wiki.intern", 80));
  EXPECT_TRUE(guard.check(*parse_ip("192.168.1.1"), "other", 443));
}

TEST(AddressGuard, RefusesEntriesThatMeanNothing) {
  for (const char* entry : {"", "localhost", "10.0.0.0/33", "::/129", "10.0.0.1:0", "10.0.0.1:99999", "[::1", "[::1]x",
                            "10.0.0.0/", "10.0.0.0/8x", "http://a:80"}) {
    const auto guard = AddressGuard::parse({entry});
    ASSERT_FALSE(guard) << entry;
    EXPECT_EQ(guard.error().code, Errc::config);
  }
}

}  // namespace
}  // namespace pw::fetch
