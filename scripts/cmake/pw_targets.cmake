# The modules of daemon/ and their tests.
#
# daemon/modules.txt defines which modules a module may include. Each of its lines sets PW_SEES_NAME and adds to
# PW_MODULES (names in dependency order). Every module has its own include root, a folder in the build tree with only a
# link to the module, so headers of undeclared modules are not found.
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/daemon/modules.txt)
set(PW_MODULES)
file(STRINGS ${PROJECT_SOURCE_DIR}/daemon/modules.txt lines REGEX "^[a-z]")
foreach(line ${lines})
  string(REGEX MATCH "^([a-z_/]+) *[|]([^|]*)[|]" line "${line}")
  set(name ${CMAKE_MATCH_1})
  string(STRIP "${CMAKE_MATCH_2}" sees)
  if(sees STREQUAL "*")
    set(PW_SEES_${name} ${PW_MODULES})
  else()
    string(REPLACE " " ";" PW_SEES_${name} "${sees}")
  endif()
  list(APPEND PW_MODULES ${name})
endforeach()

# Presets with CMAKE_UNITY_BUILD compile several files of a target as one, since most compile time is spent in headers.
# pw_unite(TARGET) puts files whose anonymous namespaces declare the same name into different groups.
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
  # GCC warns because the grouped files are not main files; their anonymous namespaces are private all the same.
  target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
endfunction()

# pw_module(NAME SOURCES file… [LINK lib…] [PRIVATE_LINK lib…]): the static library pw_NAME (pw_sandbox for
# source/sandbox), linked with the modules that daemon/modules.txt allows and with other libraries: LINK if its headers
# need them, else PRIVATE_LINK.
function(pw_module name)
  cmake_parse_arguments(arg "" "" "SOURCES;LINK;PRIVATE_LINK" ${ARGN})
  if(NOT name IN_LIST PW_MODULES)
    message(FATAL_ERROR "daemon/modules.txt has no line for ${name}")
  endif()
  get_filename_component(target ${name} NAME)
  set(target pw_${target})
  string(REPLACE "/" "." folder ${name})
  set(root ${PROJECT_BINARY_DIR}/include/${folder})
  get_filename_component(parent ${root}/${name} DIRECTORY)
  file(MAKE_DIRECTORY ${parent})
  file(CREATE_LINK ${CMAKE_CURRENT_SOURCE_DIR} ${root}/${name} SYMBOLIC)

  add_library(${target} STATIC ${arg_SOURCES})
  pw_unite(${target})
  target_include_directories(${target} PUBLIC ${root})
  set(seen)
  foreach(module ${PW_SEES_${name}})
    get_filename_component(library ${module} NAME)
    list(APPEND seen pw_${library})
  endforeach()
  target_link_libraries(${target} PUBLIC pw_options ${seen} ${arg_LINK} PRIVATE ${arg_PRIVATE_LINK})
endfunction()

# pw_unit_test(NAME [LINK lib…]): test_NAME from the *_test.cpp of the calling folder.
function(pw_unit_test name)
  cmake_parse_arguments(arg "" "" "LINK" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*_test.cpp)
  add_executable(test_${name} ${sources})
  pw_unite(test_${name})
  target_link_libraries(test_${name} PRIVATE ${arg_LINK} GTest::gmock_main)
  target_include_directories(test_${name} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
  gtest_discover_tests(test_${name} TEST_PREFIX "${name}." DISCOVERY_TIMEOUT 60
                       WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
endfunction()
