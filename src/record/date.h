/* Calendar days, months and years (proleptic Gregorian). */
#ifndef DL_RECORD_DATE_H
#define DL_RECORD_DATE_H

#include "base/base.h"

/* As precise as known: month 0 is "a year", day 0 "a month"; year 0 is no date at all. */
typedef struct dl_date {
    int16_t year;
    int8_t month, day;
} dl_date;

/* Reads YYYY, YYYY-MM, YYYY-MM-DD (a clock time after T or a space is ignored); false
 * where the text is no date of the calendar. */
bool dl_date_parse(dl_string text, dl_date *date);

/* Seconds of the day of the clock time behind such a date ("2022-01-13T16:12"); 0 where
 * there is none. */
int32_t dl_date_clock(dl_string text);

bool dl_date_valid(dl_date date);
int dl_date_days_in_month(int year, int month);

/* Days since 1970-01-01; month and day count as 1 where they are 0. */
int32_t dl_date_to_days(dl_date date);
dl_date dl_date_from_days(int32_t days);

/* 1 Monday ... 7 Sunday. */
int dl_date_weekday(dl_date date);

/* ISO week of a whole date; *week_year may differ from date.year at the year's ends. */
int dl_date_week(dl_date date, int *week_year);

/* Whole months added; the day is cut to the month's length. */
dl_date dl_date_add_months(dl_date date, int months);

/* <0, 0, >0; a missing month or day counts as the first. */
int dl_date_compare(dl_date a, dl_date b);

/* "2022-01-13", "2022-01", "2022" with NUL at the end; "" for no date. */
void dl_date_format(dl_date date, char out[24]);

#endif
