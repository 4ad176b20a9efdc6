import type { BillDirection } from "../../api/bills.ts";
import { dayNumber, type LocalDate } from "../../dates/LocalDate.ts";
import { isZero, magnitude, type Money, money, negate, add } from "../../money/Money.ts";
import { weekEnd } from "../tasks/groups.ts";
import { lastDayOf, monthOf } from "./monthGrid.ts";
import type { BillOccurrence } from "../../api/types.ts";

export type Group = "overdue" | "week" | "month" | "later" | "done";

export const groupTitles: Record<Group, string> = {
  overdue: "Overdue",
  week: "This week",
  month: "This month",
  later: "Later",
  done: "Done",
};

export type OccurrenceGroup = {
  group: Group;
  items: BillOccurrence[];
  /** What is still to come in and to go out, a currency each; transfers are neither. */
  sums: { currency: string; in: Money; out: Money }[];
};

export function isSettled({ state }: Pick<BillOccurrence, "state">): boolean {
  return state === "matched" || state === "posted" || state === "skipped";
}

function groupOf(item: BillOccurrence, today: LocalDate, weekStart: string): Group {
  const { due_on: due } = item;
  if (due < today) return isSettled(item) ? "done" : "overdue";
  if (due <= weekEnd(today, weekStart)) return "week";
  return due <= lastDayOf(monthOf(today)) ? "month" : "later";
}

/** What is still wanted of it: the rest where a part was paid. */
export function stillExpected(item: BillOccurrence): Money | null {
  if (isSettled(item)) return null;
  const amount = item.state === "partial" ? item.open : item.amount;
  return amount === null ? null : money(amount, item.currency);
}

function sumsOf(items: readonly BillOccurrence[]): OccurrenceGroup["sums"] {
  const sums = new Map<string, { currency: string; in: Money; out: Money }>();
  for (const item of items) {
    const amount = stillExpected(item);
    if (!amount || isZero(amount) || item.direction === "transfer") continue;
    const { currency } = item;
    const nothing = money("0", currency);
    const known = sums.get(currency) ?? { currency, in: nothing, out: nothing };
    const side = item.direction === "income" ? "in" : "out";
    sums.set(currency, { ...known, [side]: add(known[side], amount) });
  }
  return [...sums.values()];
}

/** The groups that have something in them; what is done with the newest first. */
export function groupsOf(
  all: readonly BillOccurrence[],
  today: LocalDate,
  weekStart: string,
): OccurrenceGroup[] {
  return (Object.keys(groupTitles) as Group[])
    .map((group) => {
      const items = all.filter((item) => groupOf(item, today, weekStart) === group);
      if (group === "done") items.reverse();
      return { group, items, sums: sumsOf(items) };
    })
    .filter(({ items }) => items.length > 0);
}

export function keyOf({ bill_id, nominal_on }: BillOccurrence): string {
  return `${bill_id} ${nominal_on}`;
}

/** With its sign: what goes out is negative. Transfers have none, they only change places. */
export function signed(amount: Money, direction: BillDirection): Money {
  return direction === "expense" ? negate(magnitude(amount)) : magnitude(amount);
}

export type Tone = "plain" | "good" | "warn" | "bad";

const paidWords: Record<BillDirection, string> = {
  expense: "Paid",
  income: "Received",
  transfer: "Transferred",
};

function days(count: number): string {
  return `${count} day${count === 1 ? "" : "s"}`;
}

function punctuality(late: number | null): string {
  if (late === null || late === 0) return "";
  return late < 0 ? ` ${days(-late)} early` : ` ${days(late)} late`;
}

/** How it stands, in a word or three. What is to come needs none. */
export function standing(
  item: BillOccurrence,
  today: LocalDate,
): { text: string; tone: Tone } | null {
  const word = paidWords[item.direction];
  switch (item.state) {
    case "expected":
      return null;
    case "due":
      return { text: "Due today", tone: "warn" };
    case "overdue":
      return { text: `${days(dayNumber(today) - dayNumber(item.due_on))} overdue`, tone: "bad" };
    case "missed":
      return { text: "Missed", tone: "bad" };
    case "partial":
      return { text: `Partly ${word.toLowerCase()}`, tone: "warn" };
    case "matched":
      return { text: word + punctuality(item.days_late), tone: "good" };
    case "posted":
      return { text: "Posted", tone: "good" };
    case "skipped":
      return { text: "Skipped", tone: "plain" };
  }
}

/** What an address means that names a bill, and perhaps which time of it: else, or where that is long ago, the first that is still open. */
export function namedIn(
  all: readonly BillOccurrence[],
  query: URLSearchParams,
): BillOccurrence | undefined {
  const [bill, day] = [query.get("bill"), query.get("day")];
  const own = all.filter((item) => item.bill_id === bill);
  const time = own.find((item) => item.nominal_on === day);
  return time ?? own.find((item) => !isSettled(item)) ?? own.at(-1);
}
