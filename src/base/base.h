/* Everything that knows no news: one include for all rooms. */
#ifndef DL_BASE_BASE_H
#define DL_BASE_BASE_H

#include <assert.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/chunks.h"
#include "base/error.h"
#include "base/map.h"
#include "base/mapped.h"
#include "base/string.h"
#include "base/utf8.h"

#include "base/banned.h"

#endif
