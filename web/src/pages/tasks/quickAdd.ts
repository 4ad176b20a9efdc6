import {
  addDays,
  addMonths,
  dayNumber,
  isLocalDate,
  type LocalDate,
} from "../../dates/LocalDate.ts";
import type { Task } from "../../api/types.ts";

export type Priority = Task["priority"];

/** What was understood of one line, "Pay rent tomorrow #home !high every month". */
export type QuickTask = {
  title: string;
  due_on: LocalDate | null;
  repeat: string | null;
  priority: Priority | null;
  tags: string[];
};

const weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
const codes = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];
const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const frequencies: Record<string, string> = {
  day: "DAILY",
  week: "WEEKLY",
  month: "MONTHLY",
  year: "YEARLY",
};
export const priorities: readonly Priority[] = ["low", "medium", "high", "urgent"];

/** "fri" and "friday", nothing shorter: "so" and "we" are words. */
function weekdayOf(word: string): number {
  return word.length < 3
    ? -1
    : weekdays.findIndex((name) => name === word || name.slice(0, 3) === word);
}

/** The next such day after today. */
function nextWeekday(today: LocalDate, weekday: number): LocalDate {
  // 1970-01-01 was a Thursday.
  const now = (dayNumber(today) + 4) % 7;
  return addDays(today, ((weekday - now + 6) % 7) + 1);
}

function dayOfMonth(today: LocalDate, day: string, month: string): LocalDate | null {
  const index = months.indexOf(month.slice(0, 3));
  if (index < 0 || !/^\d{1,2}$/.test(day) || !/^[a-z]{3,9}$/.test(month)) return null;
  const rest = `-${String(index + 1).padStart(2, "0")}-${day.padStart(2, "0")}`;
  const year = Number(today.slice(0, 4));
  // 29 February waits for its year.
  for (let later = year; later <= year + 8; later += 1) {
    const date = `${later}${rest}`;
    if (isLocalDate(date) && date >= today) return date;
  }
  return null;
}

type Found<Value> = { value: Value; length: number };

/** A date at the beginning of some words, and how many of them it takes. */
function dateAt(words: readonly string[], today: LocalDate): Found<LocalDate> | null {
  const [first = "", second = "", third = ""] = words;
  if (first === "today") return { value: today, length: 1 };
  if (first === "tomorrow") return { value: addDays(today, 1), length: 1 };
  if (isLocalDate(first)) return { value: first, length: 1 };
  const weekday = weekdayOf(first);
  if (weekday >= 0) return { value: nextWeekday(today, weekday), length: 1 };
  if (first === "next" && second === "week") return { value: nextWeekday(today, 1), length: 2 };
  if (first === "next" && second === "month") return { value: addMonths(today, 1), length: 2 };
  if (first === "in" && /^\d{1,3}$/.test(second)) {
    const unit = third.replace(/s$/, "");
    const count = Number(second);
    if (unit === "day") return { value: addDays(today, count), length: 3 };
    if (unit === "week") return { value: addDays(today, 7 * count), length: 3 };
    if (unit === "month") return { value: addMonths(today, count), length: 3 };
  }
  const date = dayOfMonth(today, first, second) ?? dayOfMonth(today, second, first);
  return date ? { value: date, length: 2 } : null;
}

type Rhythm = { rule: string; weekday: number };

function rhythmAt(words: readonly string[]): Found<Rhythm> | null {
  if (words[0] !== "every") return null;
  const isCounted = /^[1-9]\d?$/.test(words[1] ?? "");
  const word = words[isCounted ? 2 : 1] ?? "";
  const length = isCounted ? 3 : 2;
  const interval = isCounted && words[1] !== "1" ? `;INTERVAL=${words[1]}` : "";
  const frequency = frequencies[isCounted ? word.replace(/s$/, "") : word];
  if (frequency) return { value: { rule: `FREQ=${frequency}${interval}`, weekday: -1 }, length };
  const weekday = isCounted ? -1 : weekdayOf(word);
  if (weekday < 0) return null;
  return { value: { rule: `FREQ=WEEKLY;BYDAY=${codes[weekday]}`, weekday }, length };
}

/** Reads a line. What is not understood, or stands in quotes, is the title. */
export function parseQuickTask(text: string, today: LocalDate): QuickTask {
  const words = text.trim().match(/"[^"]*"|\S+/g) ?? [];
  const plain = words.map((word) => word.toLowerCase());
  const title: string[] = [];
  const found: QuickTask = { title: "", due_on: null, repeat: null, priority: null, tags: [] };
  let weekday = -1;
  for (let index = 0; index < words.length;) {
    const word = words[index] ?? "";
    const lower = plain[index] ?? "";
    const rest = plain.slice(index);
    const date = found.due_on === null ? dateAt(rest, today) : null;
    const rhythm = found.repeat === null ? rhythmAt(rest) : null;
    const priority = priorities.find((name) => lower === `!${name}`);
    let length = 1;
    if (/^#[^#\s]{1,64}$/.test(word)) found.tags = [...new Set([...found.tags, word.slice(1)])];
    else if (priority) found.priority = priority;
    else if (rhythm) {
      found.repeat = rhythm.value.rule;
      weekday = rhythm.value.weekday;
      length = rhythm.length;
    } else if (date) {
      found.due_on = date.value;
      length = date.length;
    } else title.push(word.replace(/^"(.*)"$/, "$1"));
    index += length;
  }
  // What repeats has a first day.
  if (found.repeat && !found.due_on) {
    found.due_on = weekday >= 0 ? nextWeekday(today, weekday) : today;
  }
  return { ...found, title: title.join(" ").trim() };
}
