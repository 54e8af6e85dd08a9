#include "text/charset/charset.hpp"

#include <gtest/gtest.h>

#include <string>

namespace pw::text {
namespace {

TEST(Charset, LabelsAreThoseOfTheWeb) {
  EXPECT_EQ(encoding_for_label("latin1"), "windows-1252");
  EXPECT_EQ(encoding_for_label(" UTF8\n"), "UTF-8");
  EXPECT_EQ(encoding_for_label("ks_c_5601-1987"), "EUC-KR");
  EXPECT_EQ(encoding_for_label("iso-2022-kr"), "replacement");
  EXPECT_EQ(encoding_for_label("utf-7"), "");
  EXPECT_EQ(encoding_for_label(""), "");
}

TEST(Charset, HeaderNamesEncoding) {
  EXPECT_EQ(encoding_from_content_type("text/html; charset=\"koi8-r\""), "KOI8-R");
  EXPECT_EQ(encoding_from_content_type("text/html; a=b; CHARSET=gbk"), "GBK");
  EXPECT_EQ(encoding_from_content_type("text/html; xcharset=gbk"), "");
  EXPECT_EQ(encoding_from_content_type("text/html; a=\"b; charset=gbk\""), "");
  EXPECT_EQ(encoding_from_content_type("text/html"), "");
}

TEST(Charset, MarkGoesBeforeHeaderAndHeaderBeforeMeta) {
  const std::string meta = "<meta charset=koi8-r>x";
  EXPECT_EQ(declared_html_encoding("\xEF\xBB\xBF" + meta, "text/html; charset=big5"), "UTF-8");
  EXPECT_EQ(declared_html_encoding(meta, "text/html; charset=big5"), "Big5");
  EXPECT_EQ(declared_html_encoding(meta, "text/html"), "KOI8-R");
  EXPECT_EQ(decode_html("\xEF\xBB\xBF" + meta, "").text, meta);
}

TEST(Charset, MetaNeedsItsPragmaAndIsFoundLate) {
  EXPECT_EQ(declared_html_encoding("<meta content='text/html; charset=koi8-r'>", ""), "");
  EXPECT_EQ(declared_html_encoding("<meta http-equiv=Content-Type content='text/html; charset=koi8-r'>", ""), "KOI8-R");
  EXPECT_EQ(declared_html_encoding("<!-- <meta charset=big5> --><meta charset=utf-16>", ""), "UTF-8");
  const std::string late = std::string(3000, ' ') + "<script>'<meta charset=big5>'</script><meta charset=koi8-r>";
  EXPECT_EQ(declared_html_encoding(late, ""), "KOI8-R");
}

TEST(Charset, XmlDeclarationNamesEncoding) {
  const Decoded out = decode_xml("<?xml version='1.0' encoding='windows-1251'?><a>\xCF</a>", "");
  EXPECT_EQ(out.encoding, "windows-1251");
  EXPECT_TRUE(out.declared);
  EXPECT_TRUE(out.text.ends_with("<a>П</a>"));
}

TEST(Charset, UndeclaredValidUtf8IsUtf8) {
  const Decoded out = decode_xml("žluťoučký", "");
  EXPECT_EQ(out.encoding, "UTF-8");
  EXPECT_FALSE(out.declared);
  EXPECT_FALSE(out.had_errors);
}

TEST(Charset, UndeclaredCyrillicIsGuessed) {
  std::string bytes;
  for (int i = 0; i < 20; ++i) bytes += "\xCF\xF0\xE5\xE7\xE8\xE4\xE5\xED\xF2 \xF1\xEA\xE0\xE7\xE0\xEB, \xF7\xF2\xEE ";
  const Decoded out = decode_html(bytes, "");
  EXPECT_EQ(out.encoding, "windows-1251");
  EXPECT_TRUE(out.text.starts_with("Президент сказал, что"));
}

/// The detector uses other names for these encodings.
TEST(Charset, UndeclaredKoreanUkrainianAndSevenBitJapaneseAreGuessed) {
  std::string korean;
  const std::string ukrainian =
      "\xF0\xD2\xC5\xDA\xC9\xC4\xC5\xCE\xD4 \xDA\xC1\xD1\xD7\xC9\xD7, \xDD\xCF "
      "\xD0\xC5\xD2\xC5\xC7\xCF\xD7\xCF\xD2\xC9 \xD0\xD2\xCF \xC7\xC1\xDA "
      "\xD4\xD2\xC9\xD7\xC1\xD4\xC9\xCD\xD5\xD4\xD8 \xCE\xC1\xD3\xD4\xD5\xD0\xCE\xCF\xC7\xCF "
      "\xD4\xC9\xD6\xCE\xD1, \xC1 \xCD\xA6\xCE\xA6\xD3\xD4\xD2 \xCF\xC2\xCF\xD2\xCF\xCE\xC9 "
      "\xD2\xCF\xDA\xD0\xCF\xD7\xA6\xD7 \xD0\xD2\xCF \xCE\xC1\xD7\xDE\xC1\xCE\xCE\xD1 \xCE\xC1 "
      "\xCB\xCF\xD2\xC4\xCF\xCE\xA6";
  for (int i = 0; i < 6; ++i) korean += "\xB4\xEB\xC5\xEB\xB7\xC9\xC0\xBA \xB0\xA1\xBD\xBA \xB0\xF8\xB1\xDE\xBF\xA1 ";
  EXPECT_TRUE(decode_xml(korean, "").text.starts_with("대통령은 가스 공급에 "));
  EXPECT_TRUE(decode_xml(ukrainian, "").text.ends_with("міністр оборони розповів про навчання на кордоні"));
  EXPECT_EQ(decode_xml("\x1B$B$3$s\x1B(B", "").text, "こん");
}

TEST(Charset, AFeedInUtf8IsReadAsThatWhateverSingleByteSetItNames) {
  const std::string feed = "<?xml version='1.0' encoding='iso-8859-1'?><rss>caf\xC3\xA9</rss>";
  EXPECT_TRUE(decode_xml(feed, "").text.ends_with("<rss>café</rss>"));
  EXPECT_EQ(decode_xml("<rss>caf\xC3\xA9</rss>", "text/xml; charset=windows-1252").text, "<rss>café</rss>");
  EXPECT_EQ(decode_xml("<rss>caf\xE9</rss>", "text/xml; charset=windows-1252").text, "<rss>café</rss>");
  EXPECT_EQ(decode_html("caf\xC3\xA9", "text/html; charset=windows-1252").text, "cafÃ©");
}

TEST(Charset, WhatIsUtf8AlreadyIsNotCopied) {
  std::string storage;
  const std::string plain = "<p>\u00e9t\u00e9";
  EXPECT_EQ(html_as_utf8(plain, "", storage).data(), plain.data());
  EXPECT_EQ(html_as_utf8("\xEF\xBB\xBF" + plain, "", storage), plain);
  EXPECT_TRUE(storage.empty());
  EXPECT_EQ(html_as_utf8("\xE9t\xE9", "text/html; charset=latin1", storage), "\u00e9t\u00e9");
  EXPECT_EQ(html_as_utf8("a\xFF", "text/html; charset=utf-8", storage), "a\uFFFD");
  for (const std::string_view bytes : {"", "x", "\xEF\xBB\xBFx", "\xFE\xFF\0x", "\xFF", "<meta charset=big5>\xA4\xA4"})
    EXPECT_EQ(html_as_utf8(bytes, "", storage), decode_html(bytes, "").text);
}

TEST(Charset, TablesAreThoseOfTheWeb) {
  EXPECT_EQ(decode_as("\x80\x81", "iso-8859-1"), "€\xC2\x81");
  EXPECT_EQ(decode_as("\xB0\xA1", "EUC-KR"), "가");
  EXPECT_EQ(decode_as("\x81\x41", "EUC-KR"), "갂");
  EXPECT_EQ(decode_as("\x93\xFA\xB1", "Shift_JIS"), "日ｱ");
  EXPECT_EQ(decode_as("\xA4\xA4", "Big5"), "中");
  EXPECT_EQ(decode_as("\x87\xA4\x88\x62\xA3\xC0\xFE\xDD", "Big5"), "龗\u00CA\u0304␀砉");
  EXPECT_EQ(decode_as("\xD6\xD0\x80", "gb2312"), "中€");
  EXPECT_EQ(decode_as("\xAA", "iso-8859-16"), "Ș");
  EXPECT_EQ(decode_as("\xCA", "windows-1255"), "\u05BA");
}

TEST(Charset, ErrorLeavesAsciiStanding) {
  EXPECT_EQ(decode_as("\xFF<", "Shift_JIS"), "\uFFFD<");
  EXPECT_EQ(decode_as("\xB0\"", "EUC-KR"), "\uFFFD\"");
  EXPECT_EQ(decode_as("\xA1", "Big5"), "\uFFFD");
  EXPECT_TRUE(decode_xml("ab\xFFz", "text/plain; charset=utf-8").had_errors);
}

}  // namespace
}  // namespace pw::text
