#include "fetch/encoding/content_decoder.hpp"

#include "fakes/packed.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <string>

namespace pw::fetch {
namespace {

using test::gzip;
using testing::HasSubstr;
using testing::IsEmpty;

struct Decoded {
  std::string body;
  std::optional<Error> error;
  std::string note;
  bool truncated = false;
};

Decoded decode(const std::string& coding, std::string_view packed, std::size_t piece = 1'000'000, double ratio = 200) {
  Decoded out;
  ContentDecoder decoder({{"content-encoding", coding}}, ratio, [&out](std::string_view more) {
    out.body += more;
    return true;
  });
  bool going = true;
  for (; going && !packed.empty(); packed.remove_prefix(std::min(piece, packed.size()))) {
    going = decoder.write(packed.substr(0, piece));
  }
  if (going) (void)decoder.finish();
  out.error = decoder.error();
  out.note = decoder.note();
  out.truncated = decoder.truncated();
  return out;
}

const std::string kText = "news and more news";
const std::string kBrotli = "\x8b\x08\x80news and more news\x03";
const std::string kZstd = std::string("\x28\xb5\x2f\xfd\x04\x58\x91\x00\x00", 9) + kText + "\x33\x28\x57\x6f";

TEST(ContentDecoder, UndoesEveryCompressionInPiecesOfAnySize) {
  for (const std::size_t piece : {std::size_t{1}, std::size_t{3}, std::size_t{1000}}) {
    EXPECT_EQ(decode("gzip", gzip(kText), piece).body, kText);
    EXPECT_EQ(decode("X-GZip", gzip(kText), piece).body, kText);
    EXPECT_EQ(decode("deflate", test::zlib_stream(kText), piece).body, kText);
    EXPECT_EQ(decode("deflate", test::raw_deflate(kText), piece).body, kText);
    EXPECT_EQ(decode("br", kBrotli, piece).body, kText);
    EXPECT_EQ(decode("zstd", kZstd, piece).body, kText);
    EXPECT_EQ(decode("zstd", kZstd + kZstd, piece).body, kText + kText);
  }
}

TEST(ContentDecoder, TheCodingThatCameLastIsUndoneFirst) {
  EXPECT_EQ(decode("deflate, gzip", gzip(test::zlib_stream(kText)), 5).body, kText);
  EXPECT_EQ(decode("gzip, gzip", gzip(gzip(kText))).body, kText);
}

TEST(ContentDecoder, ANameTooManyIsPassedOver) {
  const Decoded once = decode("gzip, gzip", gzip(kText));
  EXPECT_EQ(once.body, kText);
  EXPECT_THAT(once.note, HasSubstr("not"));
  EXPECT_FALSE(once.truncated);
}

TEST(ContentDecoder, TextThatWasNeverCompressedIsReadAsItIs) {
  for (const char* coding : {"gzip", "deflate", "br", "zstd"}) {
    for (const std::size_t piece : {std::size_t{1}, std::size_t{1000}}) {
      const Decoded plain = decode(coding, "<rss>\n<channel>", piece);
      EXPECT_FALSE(plain.error) << coding;
      EXPECT_EQ(plain.body, "<rss>\n<channel>") << coding;
      EXPECT_THAT(plain.note, HasSubstr(coding)) << coding;
    }
  }
  EXPECT_EQ(decode("gzip", "x").body, "x");
}

TEST(ContentDecoder, AnEmptyBodyIsNoDamage) {
  for (const char* coding : {"gzip", "deflate", "br", "zstd", "UTF-8"}) {
    EXPECT_FALSE(decode(coding, "").error) << coding;
    EXPECT_THAT(decode(coding, "").note, IsEmpty()) << coding;
  }
  EXPECT_THAT(decode("gzip", gzip("")).note, IsEmpty());
}

TEST(ContentDecoder, DamageAtTheStartIsAnError) {
  std::string damaged = gzip(kText);
  damaged[10] = '\xFF';
  EXPECT_EQ(decode("gzip", damaged).error->code, Errc::io);
  EXPECT_EQ(decode("gzip", gzip(kText).substr(0, 10)).error->code, Errc::io);
  EXPECT_EQ(decode("zstd", kZstd.substr(0, 6)).error->code, Errc::io);
}

TEST(ContentDecoder, DamageLaterKeepsWhatStandsBeforeIt) {
  std::string second = gzip("two");
  second[10] = '\xFF';
  const Decoded damaged = decode("gzip", gzip("one") + second + gzip("three"), 4);
  EXPECT_FALSE(damaged.error);
  EXPECT_EQ(damaged.body, "one");
  EXPECT_TRUE(damaged.truncated);
  EXPECT_THAT(damaged.note, HasSubstr("damaged"));
  const Decoded cut = decode("br", kBrotli.substr(0, 15), 4);
  EXPECT_TRUE(cut.truncated || cut.error);
}

TEST(ContentDecoder, BytesBehindTheEndAreNamed) {
  EXPECT_THAT(decode("gzip", gzip(kText) + "\r\n", 3).note, HasSubstr("2 bytes behind"));
  EXPECT_THAT(decode("deflate", test::zlib_stream(kText) + "\r\n", 3).note, HasSubstr("2 bytes behind"));
  EXPECT_THAT(decode("br", kBrotli + "\r\n", 3).note, HasSubstr("2 bytes behind"));
  EXPECT_THAT(decode("zstd", kZstd + "<!-- x -->", 3).note, HasSubstr("10 bytes behind"));
  EXPECT_EQ(decode("zstd", kZstd + "<!-- x -->").body, kText);
  EXPECT_FALSE(decode("zstd", kZstd + "<!-- x -->").truncated);
}

TEST(ContentDecoder, EveryStageIsMeasured) {
  const std::string bomb = gzip(std::string(8U << 20U, '\0'));
  EXPECT_EQ(decode("gzip", bomb).error->code, Errc::too_large);
  // The inner stage ends early and discards the rest, so it produces no output.
  EXPECT_EQ(decode("gzip, gzip", gzip(gzip("x") + std::string(8U << 20U, '\0'))).error->code, Errc::too_large);
  EXPECT_FALSE(decode("gzip", bomb, 1'000'000, 2'000).error);
}

TEST(ContentDecoder, WhatIsNotUndoneHereIsSaid) {
  EXPECT_EQ(decode("compress", "x").error->code, Errc::unsupported);
  EXPECT_EQ(decode("gzip,gzip,gzip,gzip,gzip,gzip", gzip("x")).error->code, Errc::unsupported);
}

TEST(ContentDecoder, StopsWhenTheSinkDoes) {
  std::size_t calls = 0;
  ContentDecoder decoder({{"content-encoding", "gzip"}}, 200, [&calls](std::string_view) {
    ++calls;
    return false;
  });
  EXPECT_FALSE(decoder.write(gzip(std::string(1'000'000, 'x'))));
  EXPECT_EQ(calls, 1U);
  EXPECT_FALSE(decoder.error());
}

}  // namespace
}  // namespace pw::fetch
