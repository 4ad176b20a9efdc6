// What the editor of a schedule holds, and the rule (RFC 5545) that it stands for.
import type { Bill } from "../../api/types.ts";
import { type LocalDate, dayNumber } from "../../dates/LocalDate.ts";

export const weekdays = [
  ["MO", "Monday"],
  ["TU", "Tuesday"],
  ["WE", "Wednesday"],
  ["TH", "Thursday"],
  ["FR", "Friday"],
  ["SA", "Saturday"],
  ["SU", "Sunday"],
] as const;
export type Weekday = (typeof weekdays)[number][0];

export type Unit = "once" | "day" | "week" | "month" | "year";
/** Which day of the month: a number, its end, a working day, or a weekday such as the second Thursday. */
export type Way = "day" | "last" | "first_working" | "last_working" | "weekday";
export type WorkingDays = Bill["working_days"];
export type Holidays = Bill["holidays"];
export type MonthEnd = Bill["month_end"];
export type End = "never" | "on" | "after";

export type ScheduleDraft = {
  unit: Unit;
  /** Every so many units, as typed. */
  every: string;
  weekdays: readonly Weekday[];
  way: Way;
  day: number;
  ordinal: number;
  weekday: Weekday;
  /** Of a year; 1 is January. */
  month: number;
  start: LocalDate;
  end: End;
  until: LocalDate;
  count: string;
  workingDays: WorkingDays;
  holidays: Holidays;
  monthEnd: MonthEnd;
  /** A rule that this editor has no fields for: kept as it is until another is made. */
  ownRule: string | null;
};

/** What the server keeps of a schedule. */
export type ScheduleParts = {
  rule: string | null;
  start: LocalDate;
  endOn: LocalDate | null;
  workingDays: WorkingDays;
  holidays: Holidays;
  monthEnd: MonthEnd;
};

const frequencies: Record<Exclude<Unit, "once">, string> = {
  day: "DAILY",
  week: "WEEKLY",
  month: "MONTHLY",
  year: "YEARLY",
};

export function weekdayOf(date: LocalDate): Weekday {
  // 1970-01-01 was a Thursday.
  return weekdays[(((dayNumber(date) + 3) % 7) + 7) % 7]?.[0] ?? "MO";
}

/** As a new bill begins: once a month, on the day it is first due. */
export function monthlyFrom(start: LocalDate): ScheduleDraft {
  const day = Number(start.slice(8));
  return {
    unit: "month",
    every: "1",
    weekdays: [weekdayOf(start)],
    way: "day",
    day,
    ordinal: Math.min(Math.ceil(day / 7), 4),
    weekday: weekdayOf(start),
    month: Number(start.slice(5, 7)),
    start,
    end: "never",
    until: "",
    count: "12",
    workingDays: "none",
    holidays: "none",
    monthEnd: "last_day",
    ownRule: null,
  };
}

/** Another first day brings the days that were its own along; those that were chosen apart stay. */
export function startingOn(draft: ScheduleDraft, start: LocalDate): ScheduleDraft {
  if (start === "" || draft.start === "") return { ...draft, start };
  const [old, now] = [monthlyFrom(draft.start), monthlyFrom(start)];
  const wereOwn = draft.weekdays.length === 1 && draft.weekdays[0] === old.weekday;
  return {
    ...draft,
    start,
    day: draft.day === old.day ? now.day : draft.day,
    month: draft.month === old.month ? now.month : draft.month,
    weekday: draft.weekday === old.weekday ? now.weekday : draft.weekday,
    weekdays: wereOwn ? now.weekdays : draft.weekdays,
  };
}

// MARK: To a rule

function dayParts(draft: ScheduleDraft): string[] {
  switch (draft.unit) {
    case "week": {
      const chosen = weekdays.flatMap(([code]) => (draft.weekdays.includes(code) ? [code] : []));
      return chosen.length > 0 ? [`BYDAY=${chosen.join(",")}`] : [];
    }
    case "month":
    case "year":
      switch (draft.way) {
        case "day":
          return [`BYMONTHDAY=${draft.day}`];
        case "first_working":
          return ["BYMONTHDAY=1"];
        case "weekday":
          return [`BYDAY=${draft.ordinal}${draft.weekday}`];
        default:
          return ["BYMONTHDAY=-1"];
      }
    default:
      return [];
  }
}

/** Null for what comes once. */
export function ruleOf(draft: ScheduleDraft): string | null {
  if (draft.ownRule !== null) return withEnd(draft.ownRule, draft);
  if (draft.unit === "once") return null;
  const every = Math.max(1, Number.parseInt(draft.every, 10) || 1);
  return withEnd(
    [
      `FREQ=${frequencies[draft.unit]}`,
      ...(every > 1 ? [`INTERVAL=${every}`] : []),
      ...(draft.unit === "year" ? [`BYMONTH=${draft.month}`] : []),
      ...dayParts(draft),
    ].join(";"),
    draft,
  );
}

/** The last day stands beside the rule, not in it: one place, whatever the rule is. */
function withEnd(rule: string, { end, count }: ScheduleDraft): string {
  const [first = "", ...rest] = rule.split(";").filter((part) => !/^(UNTIL|COUNT)=/.test(part));
  const limit = end === "after" ? [`COUNT=${Math.max(1, Number.parseInt(count, 10) || 1)}`] : [];
  return [first, ...limit, ...rest].join(";");
}

/** Working days are a part of the way "on the last working day", a choice of their own otherwise. */
export function partsOf(draft: ScheduleDraft): ScheduleParts {
  const { unit, start, end, until, holidays, monthEnd } = draft;
  const endOn = unit !== "once" && end === "on" && until ? until : null;
  const workingDays = workingDaysOf(draft);
  return { rule: ruleOf(draft), start, endOn, workingDays, holidays, monthEnd };
}

export function hasWorkingDay({ unit, way, ownRule }: ScheduleDraft): boolean {
  const isByMonth = unit === "month" || unit === "year";
  return ownRule === null && isByMonth && (way === "first_working" || way === "last_working");
}

export function workingDaysOf(draft: ScheduleDraft): WorkingDays {
  if (!hasWorkingDay(draft)) return draft.workingDays;
  return draft.way === "first_working" ? "next" : "previous";
}

// MARK: From a rule

function numberIn(text: string | undefined): number | null {
  return text !== undefined && /^[+-]?\d+$/.test(text) ? Number(text) : null;
}

function dashed(basic: string): LocalDate {
  return [basic.slice(0, 4), basic.slice(4, 6), basic.slice(6, 8)].join("-");
}

type Rule = ReadonlyMap<string, string>;

function pieces(rule: string): Rule {
  return new Map(
    rule.split(";").map((part) => {
      const at = part.indexOf("=");
      return [part.slice(0, at), part.slice(at + 1)] as const;
    }),
  );
}

function endIn(rule: Rule, endOn: LocalDate | null): Partial<ScheduleDraft> {
  const [until, count] = [rule.get("UNTIL"), rule.get("COUNT")];
  const days = [endOn, until ? dashed(until) : null].flatMap((day) => (day ? [day] : []));
  const last = days.sort()[0];
  if (last) return { end: "on", until: last };
  return count ? { end: "after", count } : {};
}

/** The fields of a rule that this editor can make; null for any other. */
function fieldsOf(rule: Rule, parts: ScheduleParts): Partial<ScheduleDraft> | null {
  const unit = (Object.entries(frequencies) as [Exclude<Unit, "once">, string][]).find(
    ([, name]) => name === rule.get("FREQ"),
  )?.[0];
  const known = ["FREQ", "INTERVAL", "BYMONTH", "BYMONTHDAY", "BYDAY", "UNTIL", "COUNT"];
  if (!unit || [...rule.keys()].some((key) => !known.includes(key))) return null;
  const every = rule.get("INTERVAL") ?? "1";
  const month = numberIn(rule.get("BYMONTH"));
  const day = numberIn(rule.get("BYMONTHDAY"));
  const days = rule.get("BYDAY")?.split(",") ?? [];
  const isMany = (key: string, value: unknown) => rule.has(key) && value === null;
  if (isMany("BYMONTH", month) || isMany("BYMONTHDAY", day)) return null;
  if (month !== null && unit !== "year") return null;
  const common = { unit, every, ...(month !== null && { month }) };
  switch (unit) {
    case "day":
      return day === null && days.length === 0 ? common : null;
    case "week": {
      const chosen = days.filter((code) => weekdays.some(([name]) => name === code)) as Weekday[];
      if (day !== null || chosen.length !== days.length) return null;
      return { ...common, ...(chosen.length > 0 && { weekdays: chosen }) };
    }
    default: {
      const way = wayOf(day, days, parts);
      // Of a year without a month "the last day" is that of December, which needs its name.
      return way && (unit === "month" || month !== null || way.way === undefined)
        ? { ...common, ...way }
        : null;
    }
  }
}

function wayOf(
  day: number | null,
  days: readonly string[],
  { workingDays }: ScheduleParts,
): Partial<ScheduleDraft> | null {
  if (days.length > 0) {
    const match =
      day === null && days.length === 1 ? /^(-1|[1-4])([A-Z]{2})$/.exec(days[0] ?? "") : null;
    if (!match) return null;
    return { way: "weekday", ordinal: Number(match[1]), weekday: match[2] as Weekday };
  }
  // The first day names it.
  if (day === null) return {};
  const isMoved = workingDays === "next_in_month";
  if (day === 1 && (workingDays === "next" || isMoved)) return { way: "first_working" };
  if (day === -1 && (workingDays === "previous" || isMoved)) return { way: "last_working" };
  if (day === -1) return { way: "last" };
  return day > 0 ? { way: "day", day } : null;
}

export function scheduleDraft(parts: ScheduleParts): ScheduleDraft {
  const { rule, start, endOn, workingDays, holidays, monthEnd } = parts;
  const base = { ...monthlyFrom(start), workingDays, holidays, monthEnd };
  if (rule === null) return { ...base, unit: "once" };
  const read = pieces(rule);
  const fields = fieldsOf(read, parts);
  const draft = { ...base, ...endIn(read, endOn) };
  if (!fields) return { ...draft, ownRule: rule };
  // Where working days are the way, the choice of its own begins anew.
  const isWay = fields.way === "first_working" || fields.way === "last_working";
  return { ...draft, ...fields, ...(isWay && { workingDays: "none" as const }) };
}

function isWhole(text: string, most: number): boolean {
  return /^\d{1,4}$/.test(text) && Number(text) >= 1 && Number(text) <= most;
}

/** What is wrong with it, by the server's names of the fields where it has such. */
export function scheduleProblems(draft: ScheduleDraft): Record<string, string> {
  const problems: Record<string, string> = {};
  if (draft.start === "") problems["start_on"] = "Enter the first day";
  if (draft.unit !== "once" && draft.ownRule === null) {
    if (!isWhole(draft.every, 999)) problems["every"] = "Use a number from 1 to 999";
    if (draft.unit === "week" && draft.weekdays.length === 0) {
      problems["weekdays"] = "Choose a weekday";
    }
  }
  if (draft.unit === "once") return problems;
  if (draft.end === "on" && draft.until === "") problems["end_on"] = "Enter the last day";
  if (draft.end === "on" && draft.until !== "" && draft.until < draft.start) {
    problems["end_on"] = "The last day lies before the first";
  }
  if (draft.end === "after" && !isWhole(draft.count, 1000)) {
    problems["count"] = "Use a number from 1 to 1,000";
  }
  return problems;
}
