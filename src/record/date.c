#include <stdio.h>

#include "record/date.h"

static bool digits(dl_string text, size_t start, size_t count, int *value)
{
    uint64_t number;
    if (text.size < start + count ||
        !dl_string_to_uint(dl_string_slice(text, start, start + count), &number))
        return false;
    *value = (int)number;
    return true;
}

bool dl_date_parse(dl_string text, dl_date *date)
{
    int year = 0, month = 0, day = 0;
    text = dl_string_trim(text);
    if (!digits(text, 0, 4, &year))
        return false;
    if (text.size > 4 && (text.data[4] != '-' || !digits(text, 5, 2, &month)))
        return false;
    if (text.size > 7 && (text.data[7] != '-' || !digits(text, 8, 2, &day)))
        return false;
    if (text.size > 10 && text.data[10] != 'T' && text.data[10] != ' ')
        return false;
    if ((text.size > 4 && month == 0) || (text.size > 7 && day == 0))
        return false;
    *date = (dl_date){(int16_t)year, (int8_t)month, (int8_t)day};
    return dl_date_valid(*date);
}

int32_t dl_date_clock(dl_string text)
{
    int hour = 0, minute = 0, second = 0;
    text = dl_string_trim(text);
    if (!digits(text, 11, 2, &hour) || text.data[13 < text.size ? 13 : 0] != ':' ||
        !digits(text, 14, 2, &minute))
        return 0;
    if (text.size > 16 && text.data[16] == ':' && !digits(text, 17, 2, &second))
        second = 0;
    return hour > 23 || minute > 59 || second > 59 ? 0
                                                   : hour * 3600 + minute * 60 + second;
}

int dl_date_days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

bool dl_date_valid(dl_date date)
{
    if (date.year <= 0 || date.month < 0 || date.month > 12 || date.day < 0)
        return false;
    if (date.month == 0)
        return date.day == 0;
    return date.day <= dl_date_days_in_month(date.year, date.month);
}

/* Days from civil, after Howard Hinnant's "chrono-Compatible Low-Level Date Algorithms".
 */
int32_t dl_date_to_days(dl_date date)
{
    int month = date.month ? date.month : 1, day = date.day ? date.day : 1;
    int year = date.year - (month <= 2);
    int era = (year >= 0 ? year : year - 399) / 400;
    int year_of_era = year - era * 400;
    int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

dl_date dl_date_from_days(int32_t days)
{
    int z = days + 719468;
    int era = (z >= 0 ? z : z - 146096) / 146097;
    int day_of_era = z - era * 146097;
    int year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int shifted = (5 * day_of_year + 2) / 153;
    int day = day_of_year - (153 * shifted + 2) / 5 + 1;
    int month = shifted < 10 ? shifted + 3 : shifted - 9;
    int year = year_of_era + era * 400 + (month <= 2);
    return (dl_date){(int16_t)year, (int8_t)month, (int8_t)day};
}

int dl_date_weekday(dl_date date)
{
    int32_t days = dl_date_to_days(date); /* 1970-01-01 was a Thursday, 4 */
    return (int)(((days + 3) % 7 + 7) % 7) + 1;
}

int dl_date_week(dl_date date, int *week_year)
{
    int32_t thursday = dl_date_to_days(date) + 4 - dl_date_weekday(date);
    *week_year = dl_date_from_days(thursday).year;
    dl_date first = {(int16_t)*week_year, 1, 1};
    return (thursday - dl_date_to_days(first)) / 7 + 1;
}

dl_date dl_date_add_months(dl_date date, int months)
{
    int total = date.year * 12 + (date.month ? date.month - 1 : 0) + months;
    int year = total / 12, month = total % 12 + 1;
    int last = year > 0 ? dl_date_days_in_month(year, month) : 31;
    int day = date.day > last ? last : date.day;
    return (dl_date){(int16_t)year, (int8_t)month, (int8_t)day};
}

int dl_date_compare(dl_date a, dl_date b)
{
    int32_t x = dl_date_to_days(a), y = dl_date_to_days(b);
    return (x > y) - (x < y);
}

void dl_date_format(dl_date date, char out[24])
{
    if (date.year <= 0)
        out[0] = 0;
    else if (date.month == 0)
        snprintf(out, 24, "%04d", date.year);
    else if (date.day == 0)
        snprintf(out, 24, "%04d-%02d", date.year, date.month);
    else
        snprintf(out, 24, "%04d-%02d-%02d", date.year, date.month, date.day);
}
