#include "core/codec/gzip.hpp"

#include "core/codec/inflater.hpp"
#include "fakes/packed.hpp"

#include <gmock/gmock.h>

#include <algorithm>

namespace pw {
namespace {

using test::gzip;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(Gunzip, BytesThatAreNoGzipStay) {
  EXPECT_EQ(gunzip("<urlset>").bytes, "<urlset>");
  EXPECT_EQ(gunzip_if_gzip("<urlset>"), "<urlset>");
  EXPECT_EQ(gunzip("").bytes, "");
  EXPECT_EQ(gunzip("\x1f").bytes, "\x1f");
}

TEST(Gunzip, AllMembersAreRead) {
  const Gunzipped got = gunzip(gzip("one ") + gzip("") + gzip("two ") + gzip("three"));
  EXPECT_EQ(got.bytes, "one two three");
  EXPECT_THAT(got.note, IsEmpty());
  EXPECT_FALSE(got.truncated);
  EXPECT_EQ(gunzip_if_gzip(gzip("a") + gzip("b")), "ab");
}

TEST(Gunzip, ZerosBehindAMemberAreNoDamage) {
  const Gunzipped got = gunzip(gzip("one ") + std::string(700, '\0') + gzip("two") + std::string(512, '\0'));
  EXPECT_EQ(got.bytes, "one two");
  EXPECT_THAT(got.note, IsEmpty());
}

TEST(Gunzip, BytesBehindTheEndAreNamed) {
  const Gunzipped got = gunzip(gzip("news") + "</html>");
  EXPECT_EQ(got.bytes, "news");
  EXPECT_THAT(got.note, HasSubstr("7 bytes behind the end"));
  EXPECT_FALSE(got.truncated);
}

TEST(Gunzip, ACutLastMemberGivesWhatItHas) {
  const std::string last = gzip("the rest of the news");
  const Gunzipped got = gunzip(gzip("one ") + last.substr(0, last.size() - 9));
  EXPECT_THAT(got.bytes, testing::StartsWith("one the rest"));
  EXPECT_THAT(got.note, HasSubstr("cut"));
  EXPECT_TRUE(got.truncated);
}

TEST(Gunzip, DamageKeepsWhatStandsBeforeIt) {
  std::string second = gzip("two");
  second[10] = '\xFF';  // an invalid block type
  const Gunzipped block = gunzip(gzip("one") + second + gzip("three"));
  EXPECT_EQ(block.bytes, "one");
  EXPECT_THAT(block.note, HasSubstr("damaged"));
  EXPECT_TRUE(block.truncated);
  std::string checksum = gzip("one");
  checksum[checksum.size() - 8] ^= 1;
  EXPECT_EQ(gunzip(checksum).bytes, "one");
  EXPECT_THAT(gunzip(checksum).note, HasSubstr("damaged"));
  EXPECT_EQ(gunzip("\x1f\x8b\x08").bytes, "");
  EXPECT_TRUE(gunzip("\x1f\x8b\x08").truncated);
}

TEST(Gunzip, NothingIsUnpackedBeyondTheLimit) {
  const std::string mebibyte = gzip(std::string(1U << 20U, ' '));
  std::string packed;
  for (std::size_t i = 0; i < kMaxGunzippedBytes >> 20U; ++i) packed += mebibyte;
  const Gunzipped whole = gunzip(packed);
  EXPECT_EQ(whole.bytes.size(), kMaxGunzippedBytes);
  EXPECT_FALSE(whole.truncated);
  const Gunzipped cut = gunzip(packed + gzip("x"));
  EXPECT_EQ(cut.bytes.size(), kMaxGunzippedBytes);
  EXPECT_TRUE(cut.truncated);
  EXPECT_THAT(cut.note, HasSubstr("64 MiB"));
}

/// Decompresses `packed` in pieces of `size` bytes.
std::string in_pieces(Inflater::Format format, std::string_view packed, std::size_t size) {
  Inflater inflater(format);
  std::string out;
  const auto sink = [&out](std::string_view more) {
    out += more;
    return true;
  };
  for (; !packed.empty(); packed.remove_prefix(std::min(size, packed.size()))) {
    if (inflater.write(packed.substr(0, size), sink) != Unpacker::Step::more) return inflater.problem();
  }
  return inflater.complete() ? out : "incomplete: " + out;
}

TEST(Inflater, PiecesOfAnySizeGiveTheSame) {
  const std::string text(50'000, 'n');
  const std::string members = gzip(text) + gzip("two") + std::string(3, '\0') + gzip("three") + "tail";
  for (const std::size_t size : {std::size_t{1}, std::size_t{2}, std::size_t{7}, std::size_t{4096}}) {
    EXPECT_EQ(in_pieces(Inflater::Format::gzip, members, size), text + "twothree") << size;
    EXPECT_EQ(in_pieces(Inflater::Format::deflate, test::zlib_stream(text), size), text) << size;
    EXPECT_EQ(in_pieces(Inflater::Format::deflate, test::raw_deflate(text), size), text) << size;
    EXPECT_EQ(in_pieces(Inflater::Format::deflate, members, size), text + "twothree") << size;
  }
}

TEST(Inflater, SaysHowMuchIsLeftOver) {
  Inflater inflater(Inflater::Format::deflate);
  const auto all = [](std::string_view) { return true; };
  ASSERT_EQ(inflater.write(test::zlib_stream("news"), all), Unpacker::Step::more);
  ASSERT_EQ(inflater.write("\r\n", all), Unpacker::Step::more);
  EXPECT_TRUE(inflater.complete());
  EXPECT_EQ(inflater.left_over(), 2U);
}

TEST(Inflater, StopsWhenNoMoreIsWanted) {
  Inflater inflater(Inflater::Format::gzip);
  std::size_t blocks = 0;
  const auto step = inflater.write(gzip(std::string(1U << 20U, 'x')), [&blocks](std::string_view) {
    ++blocks;
    return false;
  });
  EXPECT_EQ(step, Unpacker::Step::stopped);
  EXPECT_EQ(blocks, 1U);
}

}  // namespace
}  // namespace pw
