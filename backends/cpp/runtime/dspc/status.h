// What a call of the dspc run-time answers. No exception ever crosses its boundary.
#ifndef DSPC_STATUS_H
#define DSPC_STATUS_H

namespace dspc {

enum class [[nodiscard]] Status : int {
    Ok = 0,
    // An allocator had no memory. Means this and nothing else.
    OutOfMemory,
    // A null pointer, a rate that is not positive, a size or alignment that cannot be.
    InvalidArgument,
    // The class tables are in use, filled for another sampling rate.
    RateConflict,
    // Something is still in use that must not be.
    Busy,
    // Anything else, for instance an exception thrown by foreign code.
    Failed,
};

constexpr bool ok(Status status) noexcept { return status == Status::Ok; }

constexpr const char* name(Status status) noexcept {
    switch (status) {
        case Status::Ok: return "ok";
        case Status::OutOfMemory: return "out of memory";
        case Status::InvalidArgument: return "invalid argument";
        case Status::RateConflict: return "class tables in use at another rate";
        case Status::Busy: return "still in use";
        case Status::Failed: return "failed";
    }
    return "unknown status";
}

}  // namespace dspc

#endif  // DSPC_STATUS_H
