#include "core/codec/gzip_member.hpp"

#include "fakes/packed.hpp"

#include <gtest/gtest.h>

namespace pw {
namespace {

using test::gzip;

constexpr std::size_t kMost = 1'000;

TEST(GunzipMember, OneWholeMemberIsRead) {
  EXPECT_EQ(gunzip_member(gzip("news and more news"), kMost), "news and more news");
  EXPECT_EQ(gunzip_member(gzip(""), kMost), "");
  EXPECT_EQ(gunzip_member(gzip(std::string(kMost, 'x')), kMost), std::string(kMost, 'x'));
}

TEST(GunzipMember, WhatIsNotExactlyOneMemberIsLeftToInflater) {
  const std::string member = gzip("news and more news");
  EXPECT_FALSE(gunzip_member("", kMost));
  EXPECT_FALSE(gunzip_member("a page that is not compressed", kMost));
  EXPECT_FALSE(gunzip_member(member + member, kMost));
  EXPECT_FALSE(gunzip_member(member + "</html>", kMost));
  EXPECT_FALSE(gunzip_member(member + std::string(8, '\0'), kMost));
  EXPECT_FALSE(gunzip_member(std::string_view(member).substr(0, member.size() - 1), kMost));
}

TEST(GunzipMember, DamageIsLeftToInflater) {
  for (const std::size_t behind : {std::size_t{1}, std::size_t{5}, std::size_t{12}}) {  // size, checksum, content
    std::string member = gzip("news and more news");
    member[member.size() - behind] ^= 0x55;
    EXPECT_FALSE(gunzip_member(member, kMost)) << behind;
  }
}

TEST(GunzipMember, MoreThanTheLimitIsLeftToInflater) {
  EXPECT_FALSE(gunzip_member(gzip(std::string(kMost + 1, 'x')), kMost));
}

TEST(GunzipMember, ASizeThatCannotBeTakesNoMemory) {
  std::string member = gzip("news");
  member.replace(member.size() - 4, 4, "\xFF\xFF\xFF\xFF");
  EXPECT_FALSE(gunzip_member(member, std::size_t{1} << 40U));
}

TEST(GunzipMember, AHeaderChecksumIsLeftToInflater) {
  std::string member = gzip("news");
  member[3] |= 2;
  member.insert(10, "\0\0", 2);  // wrong
  EXPECT_FALSE(gunzip_member(member, kMost));
}

}  // namespace
}  // namespace pw
