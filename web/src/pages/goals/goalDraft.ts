import type { GoalAutomaticInput, GoalInput, GoalKind, GoalPatch } from "../../api/goals.ts";
import type { LocalDate } from "../../dates/LocalDate.ts";
import { formatPlain } from "../../money/format.ts";
import { decimal, money } from "../../money/Money.ts";
import { isProblem, parseAmount } from "../../money/parse.ts";
import type { Goal } from "../../api/types.ts";

export type Rule = "none" | "fixed" | "budget";

/** The goal's form, as it is typed. */
export type GoalDraft = {
  kind: GoalKind;
  name: string;
  currency: string;
  target: string;
  date: LocalDate;
  start: LocalDate;
  repeat: string;
  months: string;
  average: string;
  rule: Rule;
  account: string;
  amount: string;
  day: string;
  category: string | null;
  note: string;
};

export function newDraft(kind: GoalKind, currency: string, today: LocalDate): GoalDraft {
  return {
    kind,
    name: kind === "emergency_fund" ? "Emergency fund" : "",
    currency,
    target: "",
    date: "",
    start: today,
    repeat: "12",
    months: "3",
    average: "6",
    rule: "none",
    account: "",
    amount: "",
    day: "1",
    category: null,
    note: "",
  };
}

export function draftOf(goal: Goal, locale: string): GoalDraft {
  const { automatic, currency } = goal;
  const shown = (amount: string | null | undefined) =>
    amount ? formatPlain(money(amount, currency), locale) : "";
  return {
    kind: goal.kind,
    name: goal.name,
    currency,
    target: shown(goal.target_amount),
    date: goal.target_date ?? "",
    start: goal.start_date,
    repeat: String(goal.repeat_months ?? 12),
    months: String(goal.months_of_spending ?? 3),
    average: String(goal.average_months ?? 6),
    rule: automatic?.rule ?? "none",
    account: automatic?.account_id ?? "",
    amount: shown(automatic?.amount),
    day: String(automatic?.day ?? 1),
    category: automatic?.category_id ?? null,
    note: goal.note ?? "",
  };
}

export type Problems = Record<string, string>;
type Reading = { body: GoalPatch & { name: string } } | { problems: Problems };

const needsTarget: readonly GoalKind[] = ["purchase", "sinking_fund"];

/** What is sent for a draft, or what is wrong with it by the server's names. */
export function readDraft(draft: GoalDraft, locale: string): Reading {
  const problems: Problems = {};
  const amountOf = (field: string, text: string, isNeeded: boolean): string | null => {
    if (text.trim() === "" && !isNeeded) return null;
    const result = parseAmount(text, draft.currency, locale);
    if (!isProblem(result)) return decimal(result);
    problems[field] = result.problem;
    return null;
  };
  const { kind } = draft;
  if (draft.name.trim() === "") problems["name"] = "Give the goal a name";
  if (kind === "sinking_fund" && draft.date === "") {
    problems["target_date"] = "Say when the money is needed next";
  }
  const body: GoalPatch & { name: string } = {
    name: draft.name.trim(),
    target_date: draft.date || null,
    start_date: draft.start,
    note: draft.note.trim() || null,
  };
  if (kind === "emergency_fund") {
    body.months_of_spending = Number(draft.months);
    body.average_months = Number(draft.average);
  } else {
    body.target_amount = amountOf("target_amount", draft.target, needsTarget.includes(kind));
  }
  if (kind === "sinking_fund") body.repeat_months = Number(draft.repeat);
  body.automatic = automaticOf(draft, amountOf, problems);
  return Object.keys(problems).length > 0 ? { problems } : { body };
}

function automaticOf(
  draft: GoalDraft,
  amountOf: (field: string, text: string, isNeeded: boolean) => string | null,
  problems: Problems,
): GoalAutomaticInput | null {
  const { rule, account, category } = draft;
  if (rule === "none") return null;
  if (account === "") problems["automatic.account_id"] = "Choose the account it lies on";
  if (rule === "fixed") {
    const amount = amountOf("automatic.amount", draft.amount, true) ?? "0";
    return { rule, account_id: account, amount, day: Number(draft.day) };
  }
  if (category === null) problems["automatic.category_id"] = "Choose the budget it comes from";
  return { rule, account_id: account, category_id: category ?? "" };
}

export function newGoal(draft: GoalDraft, body: GoalPatch & { name: string }): GoalInput {
  const { kind, currency } = draft;
  return { ...body, kind, ...(kind !== "emergency_fund" && { currency }) };
}

/**
 * What an edit sends: a rule that was left alone stays out, since a rule set anew counts from
 * that day on.
 */
export function changeOf(draft: GoalDraft, before: GoalDraft, body: GoalPatch): GoalPatch {
  const rule = ({ rule: name, account, amount, day, category }: GoalDraft) =>
    JSON.stringify([name, account, amount, day, category]);
  if (rule(draft) !== rule(before)) return body;
  const { automatic: _, ...rest } = body;
  return rest;
}
