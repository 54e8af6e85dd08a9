#pragma once
/// The steps of a loop around ZeroMQ sockets, each of which may fail alone.

#include <exception>
#include <zmq.hpp>

namespace pw::bus {

/// An exception (such as std::bad_alloc) only aborts the step that threw it, but steps that fail forever end the loop.
/// One thread.
class Steps {
 public:
  /// Runs one step. An exception is logged, except that of a closed socket or context, which is rethrown.
  template <class Work>
  void run(const Work& work) {
    try {
      work();
    } catch (const std::exception& error) {
      note(error);
    }
  }

  /// True if a step of this iteration has failed.
  [[nodiscard]] bool failed() const { return failed_; }

  /// Call after each iteration. Rests after one with a failed step. Throws std::runtime_error after too many of them in
  /// a row.
  void end_iteration();

 private:
  void note(const std::exception& error);

  bool failed_ = false;
  int failures_ = 0;  ///< consecutive iterations
};

}  // namespace pw::bus
