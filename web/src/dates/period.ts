import {
  addDays,
  addMonths,
  dayNumber,
  type DateRange,
  formatDate,
  type LocalDate,
} from "./LocalDate.ts";

export type PeriodKind = "week" | "month" | "quarter" | "year" | "custom";

/** The same day one period earlier (-1) or later (+1), for the arrows beside the period. */
export function shifted(kind: PeriodKind, date: LocalDate, by: number): LocalDate {
  switch (kind) {
    case "week":
      return addDays(date, 7 * by);
    case "month":
      return addMonths(date, by);
    case "quarter":
      return addMonths(date, 3 * by);
    case "year":
      return addMonths(date, 12 * by);
    case "custom":
      return date;
  }
}

/** A custom range moved by its own length. */
export function shiftedRange(range: DateRange, by: number): DateRange {
  const days = (dayNumber(range.to) - dayNumber(range.from) + 1) * by;
  return { from: addDays(range.from, days), to: addDays(range.to, days) };
}

/** "November 2026", "Q4 2026", "2026", "16 – 22 Nov 2026". */
export function periodTitle(kind: PeriodKind, range: DateRange, locale: string): string {
  switch (kind) {
    case "month":
      return formatDate(range.from, locale, { month: "long", year: "numeric" });
    case "quarter":
      return `Q${Math.floor((Number(range.from.slice(5, 7)) + 2) / 3)} ${range.from.slice(0, 4)}`;
    case "year":
      return range.from.slice(0, 4);
    default:
      return `${formatDate(range.from, locale)} – ${formatDate(range.to, locale)}`;
  }
}
