// A library's catalogue: answers who wrote something in a span of years and which book is the newest.
//
// Input: the number of books and of questions; per book a line "YEAR AUTHOR TITLE"; per question a
// line "AUTHOR FROM TO". Output: one line per question.
#include <iostream>
#include <string>
#include <vector>
using namespace std;

struct Book {
    int year;
    string author;
    string title;
};

struct Answer {
    int count = 0;
    int year = 0;
    string newest;
};

Answer ask(const vector<Book> &books, const string &author, int from, int to) {
    Answer answer;
    for (auto book : books) {
        if (book.year < from || book.year > to) continue;
        if (book.author != author) continue;
        answer.count++;
        if (book.year > answer.year) {
            answer.year = book.year;
            answer.newest = book.title;
        }
    }
    return answer;
}

vector<Book> readBooks(int count) {
    vector<Book> books;
    for (int i = 0; i < count; i++) {
        Book book;
        cin >> book.year >> book.author;
        cin.ignore(1);
        getline(cin, book.title);
        books.push_back(book);
    }
    return books;
}

int main() {
    int count, questions;
    cin >> count >> questions;
    vector<Book> books = readBooks(count);

    for (int q = 0; q < questions; q++) {
        string author;
        int from, to;
        cin >> author >> from >> to;
        Answer answer = ask(books, author, from, to);
        cout << author << ' ' << from << '-' << to << ": " << answer.count << " books";
        if (answer.count > 0) {
            cout << ", the newest \"" << answer.newest << "\" (" << answer.year << ')';
        }
        cout << '\n';
    }
    return 0;
}
