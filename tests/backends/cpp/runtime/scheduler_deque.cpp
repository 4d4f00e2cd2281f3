// The deque that one thread owns and others steal from.
#include "dspc/deque.h"

namespace {

constexpr int kItems = 32;

struct Tasks {
    dspc::TaskDeque<kItems> deque;
    void put(int number) { deque.push(number); }
    int take() { return deque.pop(); }
    int steal() { return deque.steal(); }
    bool looksEmpty() const { return deque.looksEmpty(); }
};

}  // namespace

#include "taken_once.h"
