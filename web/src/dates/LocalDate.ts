/** A calendar date, "YYYY-MM-DD". It has no time zone and is never turned into an instant. */
export type LocalDate = string;

export type DateRange = { from: LocalDate; to: LocalDate };

const dayMilliseconds = 86_400_000;

/** Days since 1970-01-01. UTC arithmetic only, so no clock change can move a date. */
export function dayNumber(date: LocalDate): number {
  return Date.parse(`${date}T00:00:00Z`) / dayMilliseconds;
}

export function fromDayNumber(day: number): LocalDate {
  return new Date(day * dayMilliseconds).toISOString().slice(0, 10);
}

export function addDays(date: LocalDate, days: number): LocalDate {
  return fromDayNumber(dayNumber(date) + days);
}

export function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** The same day `months` later, or that month's last day where it has no such day. */
export function addMonths(date: LocalDate, months: number): LocalDate {
  const [year = 1970, month = 1, day = 1] = date.split("-").map(Number);
  const index = year * 12 + (month - 1) + months;
  const newYear = Math.floor(index / 12);
  const newMonth = (index % 12) + 1;
  const newDay = Math.min(day, daysInMonth(newYear, newMonth));
  return [pad(newYear, 4), pad(newMonth, 2), pad(newDay, 2)].join("-");
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, "0");
}

export function isLocalDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = dayNumber(text);
  return Number.isFinite(day) && fromDayNumber(day) === text;
}

/** The person's own today: the date on the wall in their time zone. */
export function today(timeZone: string, now: Date = new Date()): LocalDate {
  try {
    return new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" }).format(now);
  } catch {
    // A zone that this browser does not know: its own zone is the nearest guess.
    return new Intl.DateTimeFormat("en-CA", { dateStyle: "short" }).format(now);
  }
}

export function formatDate(
  date: LocalDate,
  locale: string,
  options: Intl.DateTimeFormatOptions = { day: "numeric", month: "short", year: "numeric" },
): string {
  const format = new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" });
  return format.format(new Date(dayNumber(date) * dayMilliseconds));
}
