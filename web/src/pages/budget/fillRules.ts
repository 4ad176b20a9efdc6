import type { FillRule } from "../../api/budgets.ts";
import type { BudgetFillRow, BudgetFillRule } from "../../api/types.ts";
import { formatPlain } from "../../money/format.ts";
import { decimal, money } from "../../money/Money.ts";
import { isProblem, parseAmount } from "../../money/parse.ts";

export type RuleName = BudgetFillRule["rule"];

export const ruleNames: Record<RuleName, string> = {
  fixed: "The same every period",
  weekly: "So much for each weekday",
  by_date: "So much by a day",
  refill: "Filled up to so much",
  share: "A share of the income",
  average: "Average of the last periods",
  median: "Middle of the last periods",
  copy: "As the period before",
};

export const weekdays = [
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
  "sunday",
] as const;

export function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** What is typed of a rule. Fields that the rule does not need keep what was typed in them. */
export type RuleDraft = {
  amount: string;
  weekday: string;
  date: string;
  percent: string;
  periods: string;
};

export const needs: Record<RuleName, readonly (keyof RuleDraft)[]> = {
  fixed: ["amount"],
  weekly: ["amount", "weekday"],
  by_date: ["amount", "date"],
  refill: ["amount"],
  share: ["percent"],
  average: ["periods"],
  median: ["periods"],
  copy: [],
};

export function draftOfRule(
  rule: BudgetFillRule | null,
  currency: string,
  locale: string,
): RuleDraft {
  const points = rule?.basis_points ?? null;
  return {
    amount: rule?.amount ? formatPlain(money(rule.amount, currency), locale) : "",
    weekday: rule?.weekday ?? "friday",
    date: rule?.date ?? "",
    percent: points === null ? "" : percentText(points),
    periods: String(rule?.periods ?? (rule?.rule === "median" ? 6 : 3)),
  };
}

/** "12.5" of 1 250 basis points. */
export function percentText(points: number): string {
  return String(points / 100);
}

/** Basis points of "12.5" or "12,5"; null for what is no share of a whole. */
export function basisPoints(text: string): number | null {
  const match = /^(\d{1,3})(?:[.,](\d{1,2}))?\s*%?$/.exec(text.trim());
  if (!match) return null;
  const points = Number(match[1]) * 100 + Number((match[2] ?? "").padEnd(2, "0"));
  return points <= 10_000 ? points : null;
}

export type RuleProblems = Partial<Record<keyof RuleDraft, string>>;

/** The rule, or what is wrong with each field. */
export function ruleOf(
  name: RuleName,
  draft: RuleDraft,
  currency: string,
  locale: string,
): { rule: FillRule } | { problems: RuleProblems } {
  const problems: RuleProblems = {};
  const rule: FillRule = { rule: name };
  for (const field of needs[name]) {
    if (field === "amount") {
      const amount = parseAmount(draft.amount, currency, locale);
      if (isProblem(amount)) problems.amount = amount.problem;
      else if (amount.tenThousandths < 0n) problems.amount = "An amount of zero or more";
      else rule.amount = decimal(amount);
    } else if (field === "percent") {
      const points = basisPoints(draft.percent);
      if (points === null) problems.percent = "Percent from 0 to 100, such as 12.5";
      else rule.basis_points = points;
    } else if (field === "periods") {
      const periods = /^\d{1,2}$/.test(draft.periods) ? Number(draft.periods) : 0;
      if (periods < 1 || periods > 24) problems.periods = "From 1 to 24";
      else rule.periods = periods;
    } else if (field === "date") {
      if (draft.date === "") problems.date = "Choose a day";
      else rule.date = draft.date;
    } else rule.weekday = draft.weekday;
  }
  return Object.keys(problems).length > 0 ? { problems } : { rule };
}

function counted(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? "" : "s"}`;
}

/** Why a row of the preview gets what it gets. */
export function reasonOf({ rule, periods, times }: BudgetFillRow): string {
  switch (rule) {
    case "weekly":
      return times === null ? "each week" : counted(times, "week");
    case "by_date":
      return periods === null ? "by a day" : `in ${counted(periods, "part")}`;
    case "average":
      return periods === null ? "average" : `average of ${periods}`;
    case "median":
      return periods === null ? "middle" : `middle of ${periods}`;
    case "share":
      return "share of income";
    case "copy":
      return "as before";
    case "refill":
      return "filled up";
    default:
      return "the same each time";
  }
}
