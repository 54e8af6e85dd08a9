# Presets with CMAKE_UNITY_BUILD compile several files of a target as one: most of a file's time goes into its headers.
# pw_unite(TARGET): files whose anonymous namespaces declare the same name come into different groups.
function(pw_unite target)
  if(NOT CMAKE_UNITY_BUILD)
    return()
  endif()
  get_target_property(sources ${target} SOURCES)
  list(FILTER sources INCLUDE REGEX "\\.cpp$")
  list(TRANSFORM sources PREPEND "${CMAKE_CURRENT_SOURCE_DIR}/" REGEX "^[^/]")
  execute_process(COMMAND ${Python3_EXECUTABLE} ${PROJECT_SOURCE_DIR}/scripts/cmake/unity_groups.py 10 ${sources}
                  OUTPUT_VARIABLE rows OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
  string(REPLACE "\n" ";" rows "${rows}")
  while(rows)
    list(POP_FRONT rows group file)
    set_source_files_properties(${file} PROPERTIES UNITY_GROUP ${group})
  endwhile()
  set_target_properties(${target} PROPERTIES UNITY_BUILD_MODE GROUP)
  # GCC takes such a file for a header, whose anonymous namespaces should not be in a type; clang takes the names of
  # one file as shadowed by locals of the next.
  target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>
                                           $<$<CXX_COMPILER_ID:Clang>:-Wno-shadow>)
endfunction()

# pw_room(NAME [LINK lib…]): the static library pw_NAME of every .cpp in the calling folder.
# Includes are written from daemon/, as in "parse/url.hpp"; tests/layers checks who may include whom.
function(pw_room name)
  cmake_parse_arguments(arg "" "" "LINK;PRIVATE_LINK" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  if(sources)
    add_library(pw_${name} STATIC ${sources})
    target_include_directories(pw_${name} PUBLIC ${PROJECT_SOURCE_DIR}/daemon)
    target_link_libraries(pw_${name} PUBLIC pw_options ${arg_LINK} PRIVATE ${arg_PRIVATE_LINK})
    pw_unite(pw_${name})
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
  pw_unite(test_${room})
  target_link_libraries(test_${room} PRIVATE ${arg_LINK} GTest::gmock_main)
  target_include_directories(test_${room} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
  gtest_discover_tests(test_${room} TEST_PREFIX "${room}." DISCOVERY_TIMEOUT 60
                       WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
endfunction()
