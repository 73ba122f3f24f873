#include "detail/shared.h"

/* Days that have names: what the lexicon says of a name is counted out for a year.
 *
 *     fixed 1225         month and day
 *     easter -2          days from Easter of the western churches
 *     orthodox 0         days from Easter of the eastern ones
 *     nth 11 4 4 [1]     the 4th Thursday (4) of November, and days from it; -1 the last
 *     before 1225 7 4    the 4th Sunday before 25 December
 *     islamic 10 1       month and day of the tabular Islamic calendar
 *     hebrew 15          days from 15 Nisan, the first of Passover
 *     table NAME         from the list `when-moons`
 *
 * Easter: Meeus, Astronomical Algorithms, chapter 8. Islamic and Hebrew years: Reingold
 * and Dershowitz, Calendrical Calculations. */

enum {
    ISLAMIC_EPOCH = -492149, /* 1 Muharram 1, in days since 1970-01-01 */
    HEBREW_EPOCH = -2092590, /* 1 Tishri 1 */
    NISAN_15 = -163,         /* from the new year that follows */
    JULIAN_SHIFT = 13        /* days between the calendars, 1900 to 2099 */
};

static dl_date days_from(dl_date date, int days)
{
    return dl_date_add_days(date, days);
}

static dl_date easter(int year)
{
    int a = year % 19, b = year / 100, c = year % 100;
    int d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
    int h = (19 * a + b - d - g + 15) % 30;
    int i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
    int m = (a + 11 * h + 22 * l) / 451, sum = h + l - 7 * m + 114;
    return (dl_date){(int16_t)year, (int8_t)(sum / 31), (int8_t)(sum % 31 + 1)};
}

static dl_date orthodox(int year)
{
    int d = (19 * (year % 19) + 15) % 30;
    int e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7;
    int sum = d + e + 114;
    dl_date julian = {(int16_t)year, (int8_t)(sum / 31), (int8_t)(sum % 31 + 1)};
    return days_from(julian, JULIAN_SHIFT);
}

/* The n-th weekday of a month; n < 0: the last. */
static dl_date nth(int year, int month, int weekday, int n)
{
    dl_date first = {(int16_t)year, (int8_t)month, 1};
    int ahead = (weekday - dl_date_weekday(first) + 7) % 7;
    if (n > 0)
        return days_from(first, ahead + 7 * (n - 1));
    int last = ahead + 28;
    return days_from(first, last < dl_date_days_in_month(year, month) ? last : last - 7);
}

/* The n-th weekday before a day of the year. */
static dl_date before(int year, int day, int weekday, int n)
{
    dl_date date = {(int16_t)year, (int8_t)(day / 100), (int8_t)(day % 100)};
    int back = (dl_date_weekday(date) - weekday + 7) % 7;
    return days_from(date, -(back ? back : 7) - 7 * (n - 1));
}

static int32_t islamic_days(int year, int month, int day)
{
    return ISLAMIC_EPOCH + (year - 1) * 354 + (3 + 11 * year) / 30 + 29 * (month - 1) +
           month / 2 + day - 1;
}

/* The first such day in the year of ours. */
static dl_date islamic(int year, int month, int day)
{
    int lunar = (year - 622) * 33 / 32;
    for (int k = -1; k <= 2; k++) {
        dl_date date = dl_date_from_days(islamic_days(lunar + k, month, day));
        if (date.year == year)
            return date;
    }
    return (dl_date){0};
}

static int32_t hebrew_elapsed(int year)
{
    int months = (235 * year - 234) / 19;
    int parts = 12084 + 13753 * months;
    int32_t day = 29 * months + parts / 25920;
    return 3 * (day + 1) % 7 < 3 ? day + 1 : day;
}

/* Days since 1970-01-01 of the Hebrew new year. */
static int32_t hebrew_new_year(int year)
{
    int32_t last = hebrew_elapsed(year - 1), here = hebrew_elapsed(year),
            next = hebrew_elapsed(year + 1);
    int delay = next - here == 356 ? 2 : here - last == 382 ? 1 : 0;
    return HEBREW_EPOCH + here + delay;
}

static dl_date hebrew(int year, int days)
{
    dl_date new_year = dl_date_from_days(hebrew_new_year(year + 3761));
    return days_from(new_year, NISAN_15 + days);
}

/* "chinese-new-year 2024" of the list. */
static dl_date from_table(const dl_work *work, dl_string name, int year)
{
    char digits[5] = {(char)('0' + year / 1000 % 10), (char)('0' + year / 100 % 10),
                      (char)('0' + year / 10 % 10), (char)('0' + year % 10), 0};
    dl_string words[] = {name, dl_string_from(digits)};
    dl_entry entry;
    if (dl_list_match(work->detail->lexicon, work->detail->list.when_moons, words, 2,
                      &entry) != 2)
        return (dl_date){0};
    int day = dl_value_next(&entry.value);
    return (dl_date){(int16_t)year, (int8_t)(day / 100), (int8_t)(day % 100)};
}

static bool is_rule(dl_string *rule, const char *name)
{
    dl_string word = dl_string_from(name);
    size_t end = dl_string_find(*rule, ' ', 0);
    if (!dl_string_equal(dl_string_slice(*rule, 0, end), word))
        return false;
    *rule = dl_string_trim(
        dl_string_slice(*rule, end < rule->size ? end : rule->size, rule->size));
    return true;
}

dl_date dl_named_day(const dl_work *work, dl_string rule, int year)
{
    dl_date none = {0};
    int numbers[4] = {0};
    if (year < 1000 || year > 9000)
        return none;
    if (is_rule(&rule, "table"))
        return from_table(work, rule, year);
    static const char *const names[] = {"fixed",  "easter",  "orthodox", "nth",
                                        "before", "islamic", "hebrew"};
    size_t kind = 0;
    while (kind < sizeof names / sizeof *names && !is_rule(&rule, names[kind]))
        kind++;
    for (int k = 0; k < 4; k++)
        numbers[k] = dl_value_next(&rule);
    switch (kind) {
    case 0:
        return (dl_date){(int16_t)year, (int8_t)(numbers[0] / 100),
                         (int8_t)(numbers[0] % 100)};
    case 1:
        return days_from(easter(year), numbers[0]);
    case 2:
        return days_from(orthodox(year), numbers[0]);
    case 3:
        return days_from(nth(year, numbers[0], numbers[1], numbers[2]), numbers[3]);
    case 4:
        return before(year, numbers[0], numbers[1], numbers[2]);
    case 5:
        return islamic(year, numbers[0], numbers[1]);
    case 6:
        return hebrew(year, numbers[0]);
    default:
        return none;
    }
}
