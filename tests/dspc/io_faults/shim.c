/* Lets one call on files fail: the `at`-th since io_arm. Loaded before the C library.

   Watched are names that are relative or lie in a folder of IO_FAULTS (separated by ':'), our own
   data files, what is open under such a name, and standard output. Sources and byte code of Python
   itself are not. */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define DESCRIPTORS 4096
static unsigned char is_watched[DESCRIPTORS];
static long counted, failing = -1;
static int error_number, is_armed;
static char failed[512];
static char folders[4096];
static const char* const data[] = {".h", ".hpp", ".cl", ".toml", "/host.cpp", "/README.md", "/Makefile"};

__attribute__((constructor)) static void begin(void)
{
	const char* given = getenv("IO_FAULTS");
	snprintf(folders, sizeof folders, "%s", given ? given : "");
}

void io_arm(long at, int error)
{
	counted = 0;
	failing = at;
	error_number = error;
	failed[0] = 0;
	is_watched[1] = 1;
	is_armed = 1;
}

long io_stop(void)
{
	is_armed = 0;
	return counted;
}

const char* io_failed(void) { return failed; }

static int ends(const char* path, const char* end)
{
	size_t length = strlen(path), tail = strlen(end);
	return length >= tail && !strcmp(path + length - tail, end);
}

static int watched(const char* path)
{
	if (!is_armed || !path || !*path) return 0;
	if (ends(path, ".py") || ends(path, ".pyc") || strstr(path, "__pycache__")) return 0;
	if (path[0] != '/') return 1;
	for (unsigned at = 0; at < sizeof data / sizeof *data; ++at)
		if (ends(path, data[at])) return 1;
	for (const char* at = folders; *at;) {
		const char* end = strchrnul(at, ':');
		if (end > at && !strncmp(path, at, (size_t)(end - at))) return 1;
		at = *end ? end + 1 : end;
	}
	return 0;
}

static int opened(int descriptor)
{
	return is_armed && descriptor >= 0 && descriptor < DESCRIPTORS && is_watched[descriptor];
}

static int fails(const char* call, const char* what)
{
	if (++counted != failing) return 0;
	snprintf(failed, sizeof failed, "%s(%s)", call, what);
	errno = error_number;
	return 1;
}

static int noted(int descriptor)
{
	if (descriptor >= 0 && descriptor < DESCRIPTORS) is_watched[descriptor] = 1;
	return descriptor;
}

#define REAL(type, name, ...) \
	static type (*real)(__VA_ARGS__); \
	if (!real) *(void**)&real = dlsym(RTLD_NEXT, name)

#define OPEN(name, given, passed, path) \
	int name given \
	{ \
		REAL(int, #name, PARAMETERS_##name); \
		va_list more; \
		va_start(more, flags); \
		mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, mode_t) : 0; \
		va_end(more); \
		if (!watched(path)) return real passed; \
		return fails(#name, path) ? -1 : noted(real passed); \
	}
#define PARAMETERS_open const char*, int, ...
#define PARAMETERS_open64 const char*, int, ...
#define PARAMETERS_openat int, const char*, int, ...
#define PARAMETERS_openat64 int, const char*, int, ...
OPEN(open, (const char* path, int flags, ...), (path, flags, mode), path)
OPEN(open64, (const char* path, int flags, ...), (path, flags, mode), path)
OPEN(openat, (int at, const char* path, int flags, ...), (at, path, flags, mode), path)
OPEN(openat64, (int at, const char* path, int flags, ...), (at, path, flags, mode), path)

#define BY_NAME(type, bad, name, parameters, passed, path) \
	type name parameters \
	{ \
		REAL(type, #name, TYPES); \
		if (watched(path) && fails(#name, path)) return bad; \
		return real passed; \
	}
#define BY_NUMBER(type, name, parameters, passed) \
	type name parameters \
	{ \
		REAL(type, #name, TYPES); \
		if (opened(fd) && fails(#name, "")) return -1; \
		return real passed; \
	}

#define TYPES const char*, struct stat*
BY_NAME(int, -1, stat, (const char* path, struct stat* s), (path, s), path)
BY_NAME(int, -1, lstat, (const char* path, struct stat* s), (path, s), path)
#undef TYPES
#define TYPES const char*, struct stat64*
BY_NAME(int, -1, stat64, (const char* path, struct stat64* s), (path, s), path)
BY_NAME(int, -1, lstat64, (const char* path, struct stat64* s), (path, s), path)
#undef TYPES
#define TYPES int, const char*, struct stat64*, int
BY_NAME(int, -1, fstatat64, (int at, const char* path, struct stat64* s, int f), (at, path, s, f), path)
#undef TYPES
#define TYPES const char*, int
BY_NAME(int, -1, access, (const char* path, int mode), (path, mode), path)
#undef TYPES
#define TYPES const char*, mode_t
BY_NAME(int, -1, mkdir, (const char* path, mode_t mode), (path, mode), path)
BY_NAME(int, -1, chmod, (const char* path, mode_t mode), (path, mode), path)
#undef TYPES
#define TYPES const char*
BY_NAME(int, -1, unlink, (const char* path), (path), path)
BY_NAME(int, -1, rmdir, (const char* path), (path), path)
BY_NAME(DIR*, NULL, opendir, (const char* path), (path), path)
#undef TYPES
#define TYPES int, const char*, int
BY_NAME(int, -1, unlinkat, (int at, const char* path, int flags), (at, path, flags), path)
#undef TYPES
#define TYPES const char*, const char*
BY_NAME(int, -1, rename, (const char* from, const char* path), (from, path), path)
BY_NAME(int, -1, link, (const char* from, const char* path), (from, path), path)
#undef TYPES
#define TYPES int, const char*, int, const char*, int
BY_NAME(int, -1, linkat, (int a, const char* from, int b, const char* path, int f), (a, from, b, path, f), path)
#undef TYPES
#define TYPES const char*, char*, size_t
BY_NAME(ssize_t, -1, readlink, (const char* path, char* text, size_t size), (path, text, size), path)
#undef TYPES
#define TYPES int, const char*, const struct timespec*, int
BY_NAME(int, -1, utimensat, (int at, const char* path, const struct timespec* t, int f), (at, path, t, f), path)
#undef TYPES

#define TYPES int, void*, size_t
BY_NUMBER(ssize_t, read, (int fd, void* data, size_t size), (fd, data, size))
#undef TYPES
#define TYPES int, const void*, size_t
BY_NUMBER(ssize_t, write, (int fd, const void* data, size_t size), (fd, data, size))
#undef TYPES
#define TYPES int
BY_NUMBER(int, fsync, (int fd), (fd))
#undef TYPES
#define TYPES int, struct stat64*
BY_NUMBER(int, fstat64, (int fd, struct stat64* s), (fd, s))
#undef TYPES
#define TYPES int, struct stat*
BY_NUMBER(int, fstat, (int fd, struct stat* s), (fd, s))
#undef TYPES
#define TYPES int, mode_t
BY_NUMBER(int, fchmod, (int fd, mode_t mode), (fd, mode))
#undef TYPES
#define TYPES int, uid_t, gid_t
BY_NUMBER(int, fchown, (int fd, uid_t user, gid_t group), (fd, user, group))
#undef TYPES
#define TYPES int, off64_t, int
BY_NUMBER(off64_t, lseek64, (int fd, off64_t offset, int whence), (fd, offset, whence))
#undef TYPES

/* A descriptor is closed even where close tells of a fault, as Linux does it. */
int close(int fd)
{
	REAL(int, "close", int);
	const int was_watched = opened(fd);
	if (was_watched && fd > 2) is_watched[fd] = 0;
	const int result = real(fd);
	return was_watched && fails("close", "") ? -1 : result;
}
