#include <cstdio>

struct Date {
    int year, month, day;
};

bool is_leap(int year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int year_length(int year) {
    return is_leap(year) ? 366 : 365;
}

int month_length(int year, int month) {
    if (month == 2) return is_leap(year) ? 29 : 28;
    if (month == 4 || month == 6 || month == 9 || month == 11) return 30;
    return 31;
}

Date to_date(int days) {
    int year = 1970, month = 1;
    while (days >= year_length(year)) {
        days -= year_length(year);
        year++;
    }
    while (days >= month_length(year, month)) {
        days -= month_length(year, month);
        month++;
    }
    return {year, month, days + 1};
}

int to_days(Date date) {
    int days = date.day - 1;
    for (int month = 1; month < date.month; month++) days += month_length(date.year, month);
    for (int year = 1970; year < date.year; year++) days += year_length(year);
    return days;
}

Date month_later(Date date) {
    if (++date.month == 13) {
        date.month = 1;
        date.year++;
    }
    int length = month_length(date.year, date.month);
    if (date.day > length) date.day = length;
    return date;
}

int read_int() {
    int c = getchar(), value = 0;
    while (c == ' ' || c == '\n') c = getchar();
    for (; c >= '0' && c <= '9'; c = getchar()) value = 10 * value + (c - '0');
    return value;
}

int main() {
    int queries = read_int();
    while (queries-- > 0) {
        int first = read_int(), step = read_int(), count = read_int();
        int fridays = 0, clamped = 0, sum = 0;
        for (int i = 0; i < count; i++) {
            int days = first + i * step;
            Date date = to_date(days);
            Date later = month_later(date);
            if (date.day == 13 && days % 7 == 1) fridays++;
            if (later.day != date.day) clamped++;
            sum += to_days(later);
        }
        printf("%d %d %d\n", fridays, clamped, sum);
    }
    return 0;
}
