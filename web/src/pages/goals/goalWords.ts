import type { GoalKind } from "../../api/goals.ts";
import type { AccountKind } from "../../api/model.ts";
import { formatDate } from "../../dates/LocalDate.ts";
import { formatMoney } from "../../money/format.ts";
import { isZero, money } from "../../money/Money.ts";
import type { Goal, GoalAccount } from "../../api/types.ts";

export const kindNames: Record<GoalKind, string> = {
  purchase: "Purchase",
  emergency_fund: "Emergency fund",
  sinking_fund: "Sinking fund",
  saving: "Saving",
};

export const kindHints: Record<GoalKind, string> = {
  purchase: "One thing at a price, perhaps by a day.",
  emergency_fund: "Enough to live on for some months. Its target follows what you spend.",
  sinking_fund: "A cost that comes again, such as insurance or a holiday.",
  saving: "Money put aside, with a target or without.",
};

/** "every month", "every 18 months", "every 2 years". */
export function everyWords(months: number): string {
  const isYears = months % 12 === 0;
  const count = isYears ? months / 12 : months;
  const unit = isYears ? "year" : "month";
  return count === 1 ? `every ${unit}` : `every ${count} ${unit}s`;
}

/** A month that has no such day takes its last. */
export function dayWords(day: number): string {
  if (day === 31) return "on the last day of each month";
  return `on day ${day} of each month`;
}

export type Standing = { text: string; tone: "good" | "bad" | "plain" };

/** How a goal stands against its path; null where nothing can be said. */
export function standingOf(goal: Goal, locale: string): Standing | null {
  switch (goal.pace) {
    case "reached":
      return { text: "Reached", tone: "good" };
    case "ahead":
      return { text: "Ahead", tone: "good" };
    case "on_track":
      return { text: "On track", tone: "good" };
    case "behind":
      return { text: behindText(goal, locale), tone: "bad" };
    case "paused":
      return { text: "Paused", tone: "plain" };
    case "finished":
      return { text: "Finished", tone: "plain" };
    case "open":
      return null;
  }
}

function behindText({ behind_by: by, currency }: Goal, locale: string): string {
  return by ? `Behind by ${formatMoney(money(by, currency), locale)}` : "Behind";
}

/** "by 30 Jun 2027", "every year, next on 30 Jun 2027", "3 months of €2,140.00". */
export function aimWords(goal: Goal, locale: string): string {
  const date = goal.target_date && formatDate(goal.target_date, locale);
  if (goal.kind === "sinking_fund" && goal.repeat_months !== null) {
    return `${everyWords(goal.repeat_months)}${date ? `, next on ${date}` : ""}`;
  }
  const parts: string[] = [];
  if (goal.kind === "emergency_fund" && goal.months_of_spending !== null) {
    const count = goal.months_of_spending;
    const spending = goal.average_spending;
    const each = spending ? ` of ${formatMoney(money(spending, goal.currency), locale)}` : "";
    parts.push(`${count} ${count === 1 ? "month" : "months"}${each}`);
  }
  if (date) parts.push(`by ${date}`);
  return parts.join(", ");
}

/** What is left to put aside this month, if the goal has a plan at all. */
export function dueWords(goal: Goal, locale: string): string | null {
  const { due_this_month: due, suggested_amount: suggested, currency } = goal;
  if (goal.state !== "active" || due === null || goal.is_reached) return null;
  const amount = money(due, currency);
  if (!isZero(amount)) return `${formatMoney(amount, locale)} to set aside this month`;
  return suggested && !isZero(money(suggested, currency)) ? "Done for this month" : null;
}

/** How full its bar is, from 0 to 100. */
export function fullness(progress: string | null): number {
  return progress === null ? 0 : Math.min(100, Math.max(0, Number(progress)));
}

/** "28%": whole percents, cut off, so that 99.9 % is not said to be all of it. */
export function percentWords(progress: string | null): string | null {
  return progress === null ? null : `${progress.split(".")[0]}%`;
}

const spendable: readonly AccountKind[] = ["checking", "savings", "cash", "investment"];

/** Accounts worth a line: what earmarks lie on, and what one would put money aside in. */
export function accountsWorthTelling(all: readonly GoalAccount[]): GoalAccount[] {
  return all.filter(
    ({ kind, earmarked, currency }) =>
      spendable.includes(kind) || !isZero(money(earmarked, currency)),
  );
}
