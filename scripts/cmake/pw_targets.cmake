# pw_room(NAME [LINK lib…]): the static library pw_NAME of every .cpp in the calling folder.
# Includes are written from daemon/, as in "parse/url.hpp"; tests/layers checks who may include whom.
function(pw_room name)
  cmake_parse_arguments(arg "" "" "LINK;PRIVATE_LINK" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp ${CMAKE_CURRENT_SOURCE_DIR}/keys/*.cpp)
  if(sources)
    add_library(pw_${name} STATIC ${sources})
    target_include_directories(pw_${name} PUBLIC ${PROJECT_SOURCE_DIR}/daemon)
    target_link_libraries(pw_${name} PUBLIC pw_options ${arg_LINK} PRIVATE ${arg_PRIVATE_LINK})
  else()
    add_library(pw_${name} INTERFACE)
    target_include_directories(pw_${name} INTERFACE ${PROJECT_SOURCE_DIR}/daemon)
    target_link_libraries(pw_${name} INTERFACE pw_options ${arg_LINK})
  endif()
endfunction()

# pw_unit_test(ROOM [LINK lib…]): test_ROOM from the *_test.cpp of the calling folder.
function(pw_unit_test room)
  cmake_parse_arguments(arg "" "" "LINK" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*_test.cpp)
  if(NOT sources)
    return()
  endif()
  add_executable(test_${room} ${sources})
  target_link_libraries(test_${room} PRIVATE ${arg_LINK} GTest::gmock_main)
  target_include_directories(test_${room} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
  gtest_discover_tests(test_${room} TEST_PREFIX "${room}." DISCOVERY_TIMEOUT 60
                       WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
endfunction()
