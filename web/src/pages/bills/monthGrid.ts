import {
  addDays,
  addMonths,
  dayNumber,
  daysInMonth,
  type LocalDate,
} from "../../dates/LocalDate.ts";

/** "2026-11". */
export type MonthName = string;

export function monthOf(date: LocalDate): MonthName {
  return date.slice(0, 7);
}

export function isMonth(text: string): boolean {
  return /^\d{4}-(0[1-9]|1[0-2])$/.test(text);
}

export function monthAfter(month: MonthName, by: number): MonthName {
  return monthOf(addMonths(`${month}-01`, by));
}

export function lastDayOf(month: MonthName): LocalDate {
  const [year = 1970, number = 1] = month.split("-").map(Number);
  return `${month}-${String(daysInMonth(year, number)).padStart(2, "0")}`;
}

const dayNames = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

/** How many days after the first of the week a day is. */
function dayOfWeek(date: LocalDate, weekStart: string): number {
  const first = Math.max(dayNames.indexOf(weekStart), 0);
  // 1970-01-01 was a Thursday.
  return (((dayNumber(date) + 4 - first) % 7) + 7) % 7;
}

/** The month in rows of a week, with the days of its neighbours at both ends. */
export function weeksOf(month: MonthName, weekStart: string): LocalDate[][] {
  const last = lastDayOf(month);
  let day = addDays(`${month}-01`, -dayOfWeek(`${month}-01`, weekStart));
  const weeks: LocalDate[][] = [];
  while (day <= last) {
    const from = day;
    weeks.push(Array.from({ length: 7 }, (_, index) => addDays(from, index)));
    day = addDays(day, 7);
  }
  return weeks;
}

/** A week whose days have the names for the heads of the columns. */
export function someWeek(weekStart: string): LocalDate[] {
  // 1970-01-04 was a Sunday.
  const first = addDays("1970-01-04", Math.max(dayNames.indexOf(weekStart), 0));
  return Array.from({ length: 7 }, (_, index) => addDays(first, index));
}

/** Where a key leads from a day; null for keys that lead nowhere. Other months are reached too. */
export function stepOf(key: string, date: LocalDate, weekStart: string): LocalDate | null {
  const inWeek = dayOfWeek(date, weekStart);
  switch (key) {
    case "ArrowLeft":
      return addDays(date, -1);
    case "ArrowRight":
      return addDays(date, 1);
    case "ArrowUp":
      return addDays(date, -7);
    case "ArrowDown":
      return addDays(date, 7);
    case "Home":
      return addDays(date, -inWeek);
    case "End":
      return addDays(date, 6 - inWeek);
    case "PageUp":
      return addMonths(date, -1);
    case "PageDown":
      return addMonths(date, 1);
    default:
      return null;
  }
}
