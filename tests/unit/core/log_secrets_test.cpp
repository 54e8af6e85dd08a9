#include "core/log/secrets.hpp"

#include <gtest/gtest.h>

namespace pw::log {
namespace {

TEST(Secrets, UserAndPasswordOfAUrlAreMasked) {
  EXPECT_EQ(mask_secrets("wire: https://anna:geheim@news.example/feed?a=1 answered 401"),
            "wire: https://***@news.example/feed?a=1 answered 401");
  EXPECT_EQ(mask_secrets("http://anna:p@ss@news.example/"), "http://***@news.example/");
  EXPECT_EQ(mask_secrets("https://news.example/@anna/feed"), "https://news.example/@anna/feed");
}

TEST(Secrets, ValuesOfParametersThatHoldSecretsAreMasked) {
  EXPECT_EQ(mask_secrets("https://news.example/feed?page=2&access_token=abc%20d&lang=en#x"),
            "https://news.example/feed?page=2&access_token=***&lang=en#x");
  EXPECT_EQ(mask_secrets("GET /feed?KEY=abc, then /feed?X-Amz-Signature=0f9e"),
            "GET /feed?KEY=***, then /feed?X-Amz-Signature=***");
  EXPECT_EQ(mask_secrets("apikey=\"a b\" x, token='y"), "apikey=\"***\" x, token='***");
}

TEST(Secrets, SettingsAndHeadersAreMasked) {
  EXPECT_EQ(mask_secrets(R"({"api_key": "s3cret-value", "page": 2})"), R"({"api_key": "***", "page": 2})");
  EXPECT_EQ(mask_secrets("Authorization: Bearer abcdefghijklmnop"), "Authorization: Bearer ***");
  EXPECT_EQ(mask_secrets("authorization: basic YW5uYTpnZWhlaW0="), "authorization: basic ***");
  EXPECT_EQ(mask_secrets("Cookie: 9d8c7b6a5f"), "Cookie: ***");
}

TEST(Secrets, OrdinaryTextStaysAsItIs) {
  for (const char* text : {"the key: it is under the mat", "authors=5 of 7, keyboard=us", "Basic rules apply",
                           "wire: failing: the server answered 503", "ratio 16:9, 12:30", "://", "token", "",
                           "a = b; https://news.example/2026/03/01/story?id=7&page=2"}) {
    EXPECT_EQ(mask_secrets(text), text);
  }
}

TEST(Secrets, NamesAreRecognisedInTheirManySpellings) {
  for (const char* name : {"token", "ACCESS_TOKEN", "api-key", "apikey", "X-Api-Key", "client_secret", "password",
                           "passwd", "sig", "sessionid", "auth"}) {
    EXPECT_TRUE(names_a_secret(name)) << name;
  }
  for (const char* name : {"page", "author", "keywords", "signal", "side", "q", "id"}) {
    EXPECT_FALSE(names_a_secret(name)) << name;
  }
}

}  // namespace
}  // namespace pw::log
