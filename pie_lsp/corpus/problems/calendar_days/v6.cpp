#include <cstdio>

struct Date {
    unsigned year, month, day;
};

bool is_leap(unsigned year) {
    if (year % 100 == 0) return year % 400 == 0;
    return year % 4 == 0;
}

unsigned days_before_year(unsigned year) {
    unsigned last = year - 1;
    return 365 * (year - 1970) + last / 4 - last / 100 + last / 400 - 477;
}

const unsigned DAYS_BEFORE_MONTH[13] = {0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
const unsigned MONTH_LENGTHS[13] = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

unsigned month_length(unsigned year, unsigned month) {
    return MONTH_LENGTHS[month] + (month == 2 && is_leap(year));
}

Date to_date(unsigned days) {
    unsigned year = 1970 + days / 366, month = 1;
    if (days >= days_before_year(year + 1)) ++year;
    days -= days_before_year(year);
    for (unsigned length; days >= (length = month_length(year, month)); ++month) days -= length;
    return {year, month, days + 1};
}

unsigned to_days(Date date) {
    unsigned days = days_before_year(date.year) + DAYS_BEFORE_MONTH[date.month] + date.day - 1;
    if (date.month > 2 && is_leap(date.year)) days++;
    return days;
}

Date month_later(Date date) {
    if (++date.month == 13) {
        date.month = 1;
        date.year++;
    }
    unsigned length = month_length(date.year, date.month);
    if (date.day > length) date.day = length;
    return date;
}

unsigned read_int() {
    int c = getchar();
    unsigned value = 0;
    while (c == ' ' || c == '\n') c = getchar();
    for (; c >= '0' && c <= '9'; c = getchar()) value = 10 * value + (c - '0');
    return value;
}

int main() {
    unsigned queries = read_int();
    while (queries-- > 0) {
        unsigned first = read_int(), step = read_int(), count = read_int();
        unsigned fridays = 0, clamped = 0, sum = 0;
        for (unsigned i = 0; i < count; i++) {
            unsigned days = first + i * step;
            Date date = to_date(days);
            Date later = month_later(date);
            if (date.day == 13 && days % 7 == 1) fridays++;
            if (later.day != date.day) clamped++;
            sum += to_days(later);
        }
        printf("%u %u %u\n", fridays, clamped, sum);
    }
    return 0;
}
