#include "read/day.h"

enum {
    YEAR_MIN = 1800,
    YEAR_MAX = 2199,
    WEB_YEAR_MIN = 1990, /* in addresses, where other numbers stand too */
    DAY_TEXT_MAX = 80,
    SECONDS_OF_DAY = 86400
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* RFC 822, section 5.1; 0 where it is none. */
static int month_of(dl_string word)
{
    static const char months[] = "janfebmaraprmayjunjulaugsepoctnovdec";
    if (word.size != 3)
        return 0;
    for (int i = 0; i < 12; i++) {
        int same = 0;
        while (same < 3 && (word.data[same] | 0x20) == months[3 * i + same])
            same++;
        if (same == 3)
            return i + 1;
    }
    return 0;
}

static bool make_day(int year, int month, int day, dl_date *out)
{
    *out = (dl_date){(int16_t)year, (int8_t)month, (int8_t)day};
    return year >= YEAR_MIN && year <= YEAR_MAX && month >= 1 && day >= 1 &&
           month <= 12 && day <= 31 && dl_date_valid(*out);
}

/* A run of digits at `at`; its value, and *end behind it. More than nine are too many. */
static int number_at(dl_string s, size_t at, size_t *end)
{
    int value = 0;
    for (*end = at; *end < s.size && is_digit(s.data[*end]); (*end)++)
        value = *end - at < 9 ? value * 10 + (s.data[*end] - '0') : -1;
    return value;
}

/* YYYY, a mark, MM, the mark, DD. */
static bool marked_day(dl_string s, size_t at, dl_date *day)
{
    size_t end, first, second;
    int year = number_at(s, at, &end);
    if (end - at != 4 || end >= s.size || !strchr("-/.", s.data[end]))
        return false;
    int month = number_at(s, end + 1, &first);
    if (first == end + 1 || first >= s.size || s.data[first] != s.data[end])
        return false;
    int number = number_at(s, first + 1, &second);
    return second > first + 1 && make_day(year, month, number, day);
}

static bool packed_day(dl_string s, size_t at, dl_date *day)
{
    size_t end;
    int all = number_at(s, at, &end);
    return end - at == 8 && make_day(all / 10000, all / 100 % 100, all % 100, day);
}

/* Seconds or thousandths of seconds since 1970. */
static bool counted_day(dl_string s, dl_date *day)
{
    uint64_t value;
    if ((s.size != 10 && s.size != 13) || !dl_string_to_uint(s, &value))
        return false;
    value /= s.size == 13 ? 1000 : 1;
    *day = dl_date_from_days((int32_t)(value / SECONDS_OF_DAY));
    return day->year <= YEAR_MAX;
}

/* "Tue, 04 May 2021 10:00:00 GMT", "May 4, 2021", "4-May-21": one month, and the first
 * numbers that can be its day and year. */
static bool named_day(dl_string s, dl_date *date)
{
    int month = 0, day = 0, year = 0;
    for (size_t at = 0, end; at < s.size && !(month && day && year); at = end) {
        end = at + 1;
        if (is_digit(s.data[at])) {
            int value = number_at(s, at, &end);
            if ((end < s.size && s.data[end] == ':') || (at && s.data[at - 1] == ':'))
                continue; /* a clock's */
            if (!day && end - at <= 2)
                day = value;
            else if (!year && end - at == 4)
                year = value;
            else if (!year && end - at == 2 && month)
                year = value + (value < 70 ? 2000 : 1900);
        } else if (is_letter(s.data[at])) {
            while (end < s.size && is_letter(s.data[end]))
                end++;
            month = month ? month : month_of(dl_string_slice(s, at, end));
        }
    }
    return month && make_day(year, month, day, date);
}

bool dl_day_parse(dl_string text, dl_date *day)
{
    text = dl_string_trim(text);
    if (text.size < 6 || text.size > DAY_TEXT_MAX)
        return false;
    return marked_day(text, 0, day) || packed_day(text, 0, day) ||
           counted_day(text, day) || named_day(text, day);
}

/* /2021/may/04 */
static bool named_path(dl_string url, size_t at, dl_date *day)
{
    size_t end, last;
    int year = number_at(url, at, &end);
    if (end - at != 4 || end + 5 >= url.size || url.data[end] != '/' ||
        url.data[end + 4] != '/')
        return false;
    int month = month_of(dl_string_slice(url, end + 1, end + 4));
    int number = number_at(url, end + 5, &last);
    return month && last > end + 5 && last - end <= 7 &&
           make_day(year, month, number, day);
}

bool dl_day_of_url(dl_string url, dl_date *day)
{
    for (size_t at = 1; at + 8 <= url.size; at++) {
        if (!is_digit(url.data[at]) || is_digit(url.data[at - 1]))
            continue;
        bool path = url.data[at - 1] == '/' || url.data[at - 1] == '-' ||
                    url.data[at - 1] == '_' || url.data[at - 1] == '=';
        if (path &&
            (marked_day(url, at, day) || named_path(url, at, day) ||
             packed_day(url, at, day)) &&
            day->year >= WEB_YEAR_MIN)
            return true;
    }
    return false;
}
