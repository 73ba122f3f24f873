/* The archive's layout: tables, indexes and views as SQL, in numbered steps.
 *
 * PRAGMA user_version holds the number of steps that an archive has gone through. An
 * archive of fewer is brought up to date when it is opened, in one transaction; one of
 * more was written by a newer dateline and is refused. A step that was ever
 * released is never edited: a change is a new step behind it.
 *
 * docs/archive.md describes tables and views one by one. */
#ifndef DL_STORE_SCHEMA_H
#define DL_STORE_SCHEMA_H

#include <stdint.h>

/* PRAGMA application_id: "DLar" */
enum { DL_ARCHIVE_APPLICATION = 0x444C6172 };

enum { DL_SCHEMA_PARTS_MAX = 7 };

/* SQL, piece after piece; NULL ends. */
typedef struct dl_schema_step {
    const char *parts[DL_SCHEMA_PARTS_MAX + 1];
} dl_schema_step;

/* Step i brings an archive of version i to i + 1. */
typedef struct dl_schema {
    const dl_schema_step *steps;
    int count;
} dl_schema;

extern const dl_schema dl_schema_ours;

/* Number of steps: the version that this program writes. */
int dl_schema_version(void);

#endif
