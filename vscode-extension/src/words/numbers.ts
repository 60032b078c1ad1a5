// Figures as people read them. Pure.

/** 101056558 as "101,056,558"; small clock figures keep three digits. */
export function cost(value: number): string {
  if (Number.isInteger(value) || Math.abs(value) >= 1000) {
    return Math.round(value).toLocaleString("en-US");
  }
  return value.toPrecision(3);
}

/** 14.312 as "14.3x"; a test without any cost has no speedup. */
export function speedup(value: number | null): string {
  if (value === null) {
    return "–";
  }
  return `${value >= 10 ? value.toFixed(1) : value.toFixed(2)}x`;
}

/** "1 test", "3 tests". */
export function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? "" : "s"}`;
}
