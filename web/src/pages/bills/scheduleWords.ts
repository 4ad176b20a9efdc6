import { formatDate, type LocalDate } from "../../dates/LocalDate.ts";
import {
  hasWorkingDay,
  type ScheduleDraft,
  type Unit,
  type Weekday,
  type Holidays,
  type WorkingDays,
  weekdays,
} from "./schedule.ts";

export const ordinals: readonly [number, string][] = [
  [1, "first"],
  [2, "second"],
  [3, "third"],
  [4, "fourth"],
  [-1, "last"],
];

export const monthNames = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

export const unitNames: Record<Exclude<Unit, "once">, string> = {
  day: "day",
  week: "week",
  month: "month",
  year: "year",
};

/** Whose public holidays are no working days. */
export const holidayNames: Record<Holidays, string> = {
  none: "None, weekends only",
  AT: "Austria",
  BE: "Belgium",
  CA: "Canada",
  GB: "England and Wales",
  FR: "France",
  DE: "Germany",
  IE: "Ireland",
  IT: "Italy",
  NL: "Netherlands",
  PL: "Poland",
  ES: "Spain",
  SE: "Sweden",
  CH: "Switzerland",
  US: "United States",
  TARGET2: "Euro payments between banks",
};

export const workingDayNames: Record<WorkingDays, string> = {
  none: "Stays on that day",
  next: "Moves to the next working day",
  previous: "Moves to the working day before",
  nearest: "Moves to the nearest working day",
  next_in_month: "Moves to the next one of the month",
};

/** "1st", "22nd", "13th". */
export function ordinalNumber(number: number): string {
  const tail = number % 100;
  if (tail >= 11 && tail <= 13) return `${number}th`;
  return `${number}${["th", "st", "nd", "rd"][number % 10] ?? "th"}`;
}

export function weekdayName(code: Weekday): string {
  return weekdays.find(([name]) => name === code)?.[1] ?? code;
}

export function joined(items: readonly string[], word = "and"): string {
  if (items.length < 2) return items[0] ?? "";
  return `${items.slice(0, -1).join(", ")} ${word} ${items.at(-1)}`;
}

const workdays = "MO,TU,WE,TH,FR";

function weekWords(chosen: readonly Weekday[]): string {
  const inOrder = weekdays.filter(([code]) => chosen.includes(code));
  if (inOrder.map(([code]) => code).join(",") === workdays) return "on Monday to Friday";
  return `on ${joined(inOrder.map(([, name]) => name))}`;
}

/** With the month where the unit is a year. */
function dayOfMonthWords(draft: ScheduleDraft): string {
  const { way, day, ordinal, weekday, month } = draft;
  const name = monthNames[month - 1] ?? "";
  const of = draft.unit === "year" ? ` of ${name}` : "";
  switch (way) {
    case "day":
      return draft.unit === "year" ? `on ${day} ${name}` : `on the ${ordinalNumber(day)}`;
    case "last":
      return `on the last day${of}`;
    case "first_working":
      return `on the first working day${of}`;
    case "last_working":
      return `on the last working day${of}`;
    case "weekday": {
      const which = ordinals.find(([number]) => number === ordinal)?.[1] ?? "";
      return `on the ${which} ${weekdayName(weekday)}${of}`;
    }
  }
}

const moves: Record<WorkingDays, string> = {
  none: "",
  next: ", or the next working day",
  previous: ", or the working day before",
  nearest: ", or the nearest working day",
  next_in_month: ", or the next working day of the month",
};

/** Whether some months, or most years, have no such day. */
export function isLong({ unit, way, day, month }: ScheduleDraft): boolean {
  if (way !== "day") return false;
  const most = unit === "year" ? (month === 2 ? 28 : 31) : 28;
  return (unit === "month" || unit === "year") && day > most;
}

function endWords(draft: ScheduleDraft, date: (day: LocalDate) => string): string {
  if (draft.end === "on" && draft.until) return `, until ${date(draft.until)}`;
  if (draft.end === "after") return Number(draft.count) === 1 ? ", once" : `, ${draft.count} times`;
  return "";
}

/** What is being written, in words: "every month on the last working day". The server says it alike. */
export function scheduleWords(draft: ScheduleDraft, locale: string): string {
  const date = (day: LocalDate) =>
    formatDate(day, locale, { day: "numeric", month: "long", year: "numeric" });
  if (draft.ownRule !== null) return "";
  if (draft.unit === "once") return draft.start ? `once on ${date(draft.start)}` : "once";
  const every = Number(draft.every);
  const unit = unitNames[draft.unit];
  let text = every > 1 ? `every ${every} ${unit}s` : `every ${unit}`;
  if (draft.unit === "week" && draft.weekdays.length > 0) text += ` ${weekWords(draft.weekdays)}`;
  if (draft.unit === "month" || draft.unit === "year") text += ` ${dayOfMonthWords(draft)}`;
  if (isLong(draft)) {
    text +=
      draft.monthEnd === "last_day"
        ? ", or the last day of a shorter month"
        : " where there is one";
  }
  if (!hasWorkingDay(draft)) text += moves[draft.workingDays];
  return text + endWords(draft, date);
}
