# Language standard, warnings and instrumentation of all targets.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_C_STANDARD 11)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

find_program(PW_CCACHE ccache)
if(PW_CCACHE)
  # By default, ccache does not cache with precompiled headers because of their defines and time macros. The option that
  # it does not look at is the one below that takes the checkout's path out of the result.
  set(launcher ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros
      CCACHE_IGNOREOPTIONS=-ffile-prefix-map=* ${PW_CCACHE})
  set(CMAKE_C_COMPILER_LAUNCHER ${launcher})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${launcher})
endif()

add_library(pw_options INTERFACE)
target_compile_options(pw_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion $<$<BOOL:${PW_WERROR}>:-Werror>)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # False positives of GCC 12 in the coroutine frames and optionals that it generates.
  target_compile_options(pw_options INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-Wno-maybe-uninitialized>)
endif()
target_compile_options(pw_options INTERFACE $<$<COMPILE_LANG_AND_ID:CXX,Clang>:-Wthread-safety>)
if(CMAKE_UNITY_BUILD)
  # In unity builds, GCC treats the included files as headers, whose types should not use anonymous namespaces, and
  # clang reports names of one file as shadowed by locals of the next.
  target_compile_options(pw_options INTERFACE $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-Wno-subobject-linkage>
                                              $<$<COMPILE_LANG_AND_ID:CXX,Clang>:-Wno-shadow>)
endif()
target_compile_definitions(pw_options INTERFACE _GNU_SOURCE PW_VERSION="${PROJECT_VERSION}")
target_compile_options(pw_options INTERFACE $<$<CONFIG:Release>:-D_FORTIFY_SOURCE=2> -fstack-protector-strong)
target_link_options(pw_options INTERFACE -Wl,-z,relro,-z,now)
# The same bytes from every checkout and build folder: packages are made of a release build.
target_compile_options(pw_options INTERFACE
  "$<$<CONFIG:Release>:-ffile-prefix-map=${PROJECT_SOURCE_DIR}=.;-ffile-prefix-map=${PROJECT_BINARY_DIR}=./build;-gno-record-gcc-switches>")

if(PW_SANITIZE)
  target_compile_options(pw_options INTERFACE -fsanitize=${PW_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(pw_options INTERFACE -fsanitize=${PW_SANITIZE})
  if(PW_SANITIZE MATCHES "thread")
    # GCC's TSan does not model atomic_thread_fence, which Asio uses, and warns about it.
    target_compile_options(pw_options INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-tsan>)
  endif()
  if(PW_SANITIZE MATCHES "undefined" AND CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    # clang 14's function sanitizer fails on coroutine frames.
    target_compile_options(pw_options INTERFACE -fno-sanitize=function)
  endif()
endif()

if(PW_FUZZ)
  target_compile_options(pw_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
