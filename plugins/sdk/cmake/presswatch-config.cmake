# find_package(presswatch): presswatch::plugin, the headers of the plugin SDK, and presswatch_add_plugin().
# Works where it is installed (PREFIX/share/cmake/presswatch) and in the source tree (plugins/sdk/cmake).
if(EXISTS "${CMAKE_CURRENT_LIST_DIR}/../presswatch/plugin.hpp")
  get_filename_component(presswatch_INCLUDE_DIR "${CMAKE_CURRENT_LIST_DIR}/.." ABSOLUTE)
else()
  get_filename_component(presswatch_INCLUDE_DIR "${CMAKE_CURRENT_LIST_DIR}/../../../include" ABSOLUTE)
endif()
if(NOT EXISTS "${presswatch_INCLUDE_DIR}/presswatch/plugin.h")
  set(presswatch_FOUND FALSE)
  set(presswatch_NOT_FOUND_MESSAGE "there is no presswatch/plugin.h in ${presswatch_INCLUDE_DIR}")
  return()
endif()

if(NOT TARGET presswatch::plugin)
  add_library(presswatch::plugin INTERFACE IMPORTED)
  set_target_properties(presswatch::plugin PROPERTIES INTERFACE_INCLUDE_DIRECTORIES "${presswatch_INCLUDE_DIR}")
endif()

# presswatch_add_plugin(NAME source…): a package in the build folder's NAME/, of NAME.so and the plugin.toml that stands
# beside the CMakeLists.txt; `cmake --install` puts it into PREFIX/lib/presswatch/plugins.
function(presswatch_add_plugin name)
  add_library(${name} MODULE ${ARGN})
  target_link_libraries(${name} PRIVATE presswatch::plugin)
  set_target_properties(${name} PROPERTIES
    C_STANDARD 11 CXX_STANDARD 20 CXX_STANDARD_REQUIRED ON
    PREFIX "" OUTPUT_NAME ${name} SUFFIX ".so" POSITION_INDEPENDENT_CODE ON
    C_VISIBILITY_PRESET hidden CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON
    LIBRARY_OUTPUT_DIRECTORY "${CMAKE_CURRENT_BINARY_DIR}/${name}")
  configure_file("${CMAKE_CURRENT_SOURCE_DIR}/plugin.toml" "${CMAKE_CURRENT_BINARY_DIR}/${name}/plugin.toml" COPYONLY)
  install(TARGETS ${name} LIBRARY DESTINATION lib/presswatch/plugins/${name})
  install(FILES "${CMAKE_CURRENT_SOURCE_DIR}/plugin.toml" DESTINATION lib/presswatch/plugins/${name})
endfunction()
