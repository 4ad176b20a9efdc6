// Moments as the server writes them, in words. A calendar date is LocalDate's.

export type Clock = { locale: string; timeZone?: string };

function format(iso: string, { locale, timeZone }: Clock, options: Intl.DateTimeFormatOptions) {
  const moment = new Date(iso);
  try {
    return new Intl.DateTimeFormat(locale, { ...options, timeZone }).format(moment);
  } catch {
    // A zone that this browser does not know: its own zone is the nearest guess.
    return new Intl.DateTimeFormat(locale, options).format(moment);
  }
}

/** "21 Nov 2026, 17:03" on the person's wall. */
export function formatInstant(iso: string, clock: Clock): string {
  return format(iso, clock, { dateStyle: "medium", timeStyle: "short" });
}

export function formatTime(iso: string, clock: Clock): string {
  return format(iso, clock, { timeStyle: "short" });
}

/** "Saturday, 21 November 2026", for the heads of a list of events. */
export function formatDay(iso: string, clock: Clock): string {
  return format(iso, clock, { dateStyle: "full" });
}

const steps: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ["minute", 60],
  ["hour", 3_600],
  ["day", 86_400],
  ["month", 2_629_746],
  ["year", 31_556_952],
];

/** "5 minutes ago", "yesterday", "in 3 days". */
export function fromNow(iso: string, locale: string, now: Date = new Date()): string {
  const seconds = (Date.parse(iso) - now.getTime()) / 1000;
  const size = Math.abs(seconds);
  const words = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  if (size < 60) return words.format(0, "second");
  const [unit, length] = steps.reduce((best, step) => (size >= step[1] ? step : best));
  return words.format(Math.round(seconds / length), unit);
}
