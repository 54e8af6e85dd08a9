# Installation paths follow distribution conventions. systemd units and sysusers.d are in lib even where libraries are
# not.
install(FILES ${PROJECT_SOURCE_DIR}/README.md ${PROJECT_SOURCE_DIR}/CHANGELOG.md ${PROJECT_SOURCE_DIR}/LICENSE
        DESTINATION ${CMAKE_INSTALL_DOCDIR})
# As in the source tree, so that links from page to page work.
install(DIRECTORY ${PROJECT_SOURCE_DIR}/docs DESTINATION ${CMAKE_INSTALL_DOCDIR}
        FILES_MATCHING PATTERN "*.md" PATTERN "*.svg" PATTERN man EXCLUDE)

# All installed binaries. scripts/run builds this target, so that `cmake --install` works afterwards.
add_custom_target(programs DEPENDS presswatch presswatchd presswatch-plugin-host)
install(TARGETS presswatch presswatchd RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS presswatch-plugin-host RUNTIME DESTINATION ${CMAKE_INSTALL_LIBEXECDIR}/presswatch)

install(FILES ${PROJECT_SOURCE_DIR}/systemd/presswatch.service DESTINATION lib/systemd/system)
install(FILES ${PROJECT_SOURCE_DIR}/systemd/presswatch-plugin-cgroups.conf
        DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples)
install(FILES ${PROJECT_SOURCE_DIR}/systemd/presswatch.sysusers.conf DESTINATION lib/sysusers.d
        RENAME presswatch.conf)
install(FILES ${PROJECT_SOURCE_DIR}/systemd/presswatch.tmpfiles.conf DESTINATION lib/tmpfiles.d
        RENAME presswatch.conf)
install(SCRIPT ${CMAKE_CURRENT_LIST_DIR}/install_config.cmake)

# Files for writing native plugins; `cmake --install BUILD --component sdk` installs only these.
install(FILES ${PROJECT_SOURCE_DIR}/proto/plugin.h ${PROJECT_SOURCE_DIR}/plugins/sdk/presswatch/plugin.hpp
        DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/presswatch COMPONENT sdk)
include(CMakePackageConfigHelpers)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/presswatch-config-version.cmake
                                 COMPATIBILITY SameMajorVersion ARCH_INDEPENDENT)
install(FILES ${PROJECT_SOURCE_DIR}/plugins/sdk/cmake/presswatch-config.cmake
              ${PROJECT_BINARY_DIR}/presswatch-config-version.cmake
        DESTINATION ${CMAKE_INSTALL_DATADIR}/cmake/presswatch COMPONENT sdk)
install(FILES ${PROJECT_SOURCE_DIR}/plugins/sdk/python/presswatch_plugin.py
        DESTINATION ${CMAKE_INSTALL_DATADIR}/presswatch/python)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/plugins/examples DESTINATION ${CMAKE_INSTALL_DATADIR}/presswatch
        PATTERN presswatch_plugin.py EXCLUDE)
# A link in the source tree, but installed as a file: packages may not read outside their own folder.
install(FILES ${PROJECT_SOURCE_DIR}/plugins/sdk/python/presswatch_plugin.py
        DESTINATION ${CMAKE_INSTALL_DATADIR}/presswatch/examples/digest)
install(FILES ${PROJECT_SOURCE_DIR}/docs/man/presswatch.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${PROJECT_SOURCE_DIR}/docs/man/presswatch.toml.5 DESTINATION ${CMAKE_INSTALL_MANDIR}/man5)
install(FILES ${PROJECT_SOURCE_DIR}/docs/man/presswatch-query.7 DESTINATION ${CMAKE_INSTALL_MANDIR}/man7)
install(FILES ${PROJECT_SOURCE_DIR}/docs/man/presswatchd.8 DESTINATION ${CMAKE_INSTALL_MANDIR}/man8)
install(FILES ${PROJECT_SOURCE_DIR}/scripts/completion/presswatch.bash
        DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME presswatch)
