"""What is known of the standard library's functions: which of them only look.

A name that is not listed is assumed to do anything. Source: the C++17 standard, clauses 23 to 29.
"""

LOOKS_AT_ELEMENTS = frozenset(
    b"accumulate count find max_element min_element lower_bound upper_bound binary_search distance equal "
    b"is_sorted adjacent_find inner_product equal_range minmax_element search mismatch "
    b"lexicographical_compare find_first_of".split()
)
"""Algorithms over iterators that change nothing and hold no reference afterwards."""

CALLS_BACK = frozenset(b"count_if find_if find_if_not all_of any_of none_of".split())
"""The same, but they call a function of the user."""

VALUES = frozenset(
    b"min max abs labs llabs fabs sqrt cbrt pow floor ceil round trunc fmod log log2 log10 exp sin cos tan "
    b"asin acos atan atan2 hypot gcd lcm __gcd to_string isdigit isalpha isalnum isupper islower isspace "
    b"ispunct isxdigit toupper tolower strlen strcmp strncmp memcmp make_pair make_tuple string size "
    b"__builtin_popcount __builtin_popcountll __builtin_clz __builtin_ctz __builtin_clzll __builtin_ctzll "
    b"lround llround static_cast int char long short bool double float unsigned size_t isnan isinf".split()
)
"""Functions (and conversions) of their arguments alone, which they do not keep."""

READ_ONLY = LOOKS_AT_ELEMENTS | CALLS_BACK | VALUES

CHANGES_ARGUMENTS = frozenset(
    b"swap sort stable_sort reverse fill iota rotate nth_element partial_sort unique remove remove_if "
    b"next_permutation prev_permutation copy transform replace make_heap push_heap pop_heap sort_heap "
    b"fill_n partition stable_partition merge iter_swap strcpy strcat memset memcpy".split()
)
"""Functions that change what they are given and nothing else."""

CONST_METHODS = frozenset(
    b"size length empty capacity max_size c_str substr compare find_first_of find_last_of rfind "
    b"find_first_not_of find_last_not_of count contains cbegin cend crbegin crend key_comp value_comp "
    b"load_factor bucket_count test any none all starts_with ends_with value_or has_value str".split()
)
"""Member functions of the standard classes that only look and return values."""

ITERATOR_METHODS = frozenset(b"begin end rbegin rend find lower_bound upper_bound equal_range data".split())
"""Member functions that only look, but return a handle through which elements could be changed."""

GIVES_HANDLE = frozenset(
    b"find max_element min_element lower_bound upper_bound adjacent_find equal_range minmax_element search "
    b"mismatch find_first_of find_if find_if_not".split()
)
"""The algorithms that only look, but return an iterator through which elements could be changed."""

COPYING_METHODS = frozenset(
    b"push_back push_front push insert emplace emplace_back emplace_front assign append find rfind compare "
    b"find_first_of find_last_of find_first_not_of find_last_not_of count erase at resize reserve substr "
    b"replace lower_bound upper_bound equal_range contains set reset flip test insert_or_assign "
    b"try_emplace".split()
)
"""Member functions of the standard classes that leave their arguments as they are and keep copies at most."""

EXCHANGING_METHODS = frozenset(b"swap merge splice extract".split())
"""Member functions after which handles to one container lead into another."""

ELEMENT_METHODS = frozenset(b"at front back top".split())
"""Member functions that only look and return a reference to an element."""

STREAMS_OUT = frozenset(b"cout cerr clog".split())
STREAMS = STREAMS_OUT | {b"cin"}

MANIPULATORS = frozenset(
    b"endl fixed setprecision setw setfill hex dec oct boolalpha noboolalpha left right showpos ws "
    b"scientific defaultfloat uppercase showbase showpoint internal ends flush".split()
)

STANDARD_HEADERS = frozenset(
    b"algorithm any array atomic bitset cassert cctype cerrno cfenv cfloat charconv chrono cinttypes climits "
    b"clocale cmath compare complex concepts condition_variable csetjmp csignal cstdarg cstddef cstdint "
    b"cstdio cstdlib cstring ctime cuchar cwchar cwctype deque exception execution filesystem format "
    b"forward_list fstream functional future initializer_list iomanip ios iosfwd iostream istream iterator "
    b"limits list locale map memory memory_resource mutex new numbers numeric optional ostream queue random "
    b"ranges ratio regex scoped_allocator set shared_mutex span sstream stack stdexcept streambuf string "
    b"string_view system_error thread tuple type_traits typeindex typeinfo unordered_map unordered_set "
    b"utility valarray variant vector version bit source_location bits/stdc++.h "
    b"assert.h ctype.h errno.h float.h limits.h math.h stdbool.h stddef.h stdint.h stdio.h stdlib.h "
    b"string.h time.h inttypes.h memory.h "
    b"ext/pb_ds/assoc_container.hpp ext/pb_ds/tree_policy.hpp ext/pb_ds/detail/standard_policies.hpp "
    b"bits/extc++.h".split()
)
"""Headers whose contents are known to print and read nothing by themselves."""
