import type { AmountKind, BillDirection, BillInput } from "../../api/bills.ts";
import type { Account, Bill } from "../../api/types.ts";
import type { LocalDate } from "../../dates/LocalDate.ts";
import { formatPlain } from "../../money/format.ts";
import { compare, decimal, isZero, isNegative, type Money, money } from "../../money/Money.ts";
import { isProblem, parseAmount } from "../../money/parse.ts";
import {
  monthlyFrom,
  partsOf,
  type ScheduleDraft,
  scheduleDraft,
  scheduleProblems,
} from "./schedule.ts";

/** A bill as it stands in a form: everything is what was typed. */
export type BillDraft = {
  direction: BillDirection;
  name: string;
  payee: string;
  /** Empty: any account. */
  accountId: string;
  toAccountId: string;
  categoryId: string | null;
  /** Of a bill without an account; an account brings its own. */
  currency: string;
  amountKind: AmountKind;
  amount: string;
  low: string;
  high: string;
  learnFrom: string;
  tolerance: string;
  schedule: ScheduleDraft;
  daysBefore: string;
  daysAfter: string;
  allowsParts: boolean;
  autoPost: boolean;
  /** Empty: no reminder. */
  remindDays: string;
  note: string;
};

export type Reading = { input: BillInput } | { problems: Record<string, string> };

export function newBill(today: LocalDate, currency: string): BillDraft {
  return {
    direction: "expense",
    name: "",
    payee: "",
    accountId: "",
    toAccountId: "",
    categoryId: null,
    currency,
    amountKind: "fixed",
    amount: "",
    low: "",
    high: "",
    learnFrom: "3",
    tolerance: "10",
    schedule: monthlyFrom(today),
    daysBefore: "5",
    daysAfter: "10",
    allowsParts: false,
    autoPost: false,
    remindDays: "3",
    note: "",
  };
}

export function draftOfBill(bill: Bill, locale: string): BillDraft {
  const typed = (amount: string | null) =>
    amount === null ? "" : formatPlain(money(amount, bill.currency), locale);
  return {
    direction: bill.direction,
    name: bill.name,
    payee: bill.payee ?? "",
    accountId: bill.account_id ?? "",
    toAccountId: bill.to_account_id ?? "",
    categoryId: bill.category_id,
    currency: bill.currency,
    amountKind: bill.amount_kind,
    amount: typed(bill.amount),
    low: typed(bill.amount_low),
    high: typed(bill.amount_high),
    learnFrom: String(bill.learn_from ?? 3),
    tolerance: String(bill.tolerance_percent ?? 10),
    schedule: scheduleDraft({
      rule: bill.repeat,
      start: bill.start_on,
      endOn: bill.end_on,
      workingDays: bill.working_days,
      holidays: bill.holidays,
      monthEnd: bill.month_end,
    }),
    daysBefore: String(bill.days_before),
    daysAfter: String(bill.days_after),
    allowsParts: bill.allows_parts,
    autoPost: bill.auto_post,
    remindDays: bill.remind_days === null ? "" : String(bill.remind_days),
    note: bill.note ?? "",
  };
}

export function currencyOf(draft: BillDraft, accounts: readonly Account[]): string {
  return accounts.find(({ id }) => id === draft.accountId)?.currency ?? draft.currency;
}

type Problems = Record<string, string>;

/** Amounts of bills are positive: the direction is their sign. */
function amountIn(text: string, currency: string, locale: string): Money | { problem: string } {
  const amount = parseAmount(text, currency, locale);
  if (isProblem(amount)) return amount;
  return isZero(amount) || isNegative(amount) ? { problem: "Enter an amount above zero" } : amount;
}

type Amounts = Pick<
  BillInput,
  "amount_kind" | "amount" | "amount_low" | "amount_high" | "learn_from" | "tolerance_percent"
>;

function readAmounts(
  draft: BillDraft,
  currency: string,
  locale: string,
  problems: Problems,
): Amounts {
  const read = (field: string, text: string, isNeeded: boolean) => {
    if (text.trim() === "" && !isNeeded) return null;
    const amount = amountIn(text, currency, locale);
    if (!isProblem(amount)) return amount;
    problems[field] = amount.problem;
    return null;
  };
  const { amountKind: kind } = draft;
  const amount = read("amount", draft.amount, kind === "fixed");
  const low = kind === "range" ? read("amount_low", draft.low, true) : null;
  const high = kind === "range" ? read("amount_high", draft.high, true) : null;
  if (low && high && compare(low, high) > 0) problems["amount_high"] = "Less than the smallest";
  const isLearned = kind === "learned";
  return {
    amount_kind: kind,
    amount: amount && decimal(amount),
    amount_low: low && decimal(low),
    amount_high: high && decimal(high),
    learn_from: isLearned ? whole(draft.learnFrom, "learn_from", 1, 24, problems) : null,
    tolerance_percent: isLearned
      ? whole(draft.tolerance, "tolerance_percent", 0, 100, problems)
      : null,
  };
}

function whole(
  text: string,
  field: string,
  least: number,
  most: number,
  problems: Problems,
): number {
  const number = /^\d{1,4}$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  problems[field] = `Use a number from ${least} to ${most}`;
  return least;
}

/** What the server is sent, or what is wrong, by field. */
export function readBill(draft: BillDraft, accounts: readonly Account[], locale: string): Reading {
  const problems: Problems = { ...scheduleProblems(draft.schedule) };
  const { direction, accountId, toAccountId } = draft;
  const isTransfer = direction === "transfer";
  if (draft.name.trim() === "") problems["name"] = "Give the bill a name";
  if (isTransfer && !accountId) problems["account_id"] = "Choose the account it comes from";
  if (isTransfer && !toAccountId) problems["to_account_id"] = "Choose the account it goes to";
  if (isTransfer && toAccountId !== "" && toAccountId === accountId) {
    problems["to_account_id"] = "Choose another account than the first";
  }
  if (draft.autoPost && !accountId) problems["account_id"] = "Choose the account to post it on";
  const amounts = readAmounts(draft, currencyOf(draft, accounts), locale, problems);
  const schedule = partsOf(draft.schedule);
  const remind = draft.remindDays.trim();
  const input: BillInput = {
    name: draft.name.trim(),
    direction,
    payee: draft.payee.trim() || null,
    account_id: accountId || null,
    to_account_id: isTransfer ? toAccountId || null : null,
    category_id: isTransfer ? null : draft.categoryId,
    ...(!accountId && { currency: draft.currency }),
    ...amounts,
    start_on: schedule.start,
    end_on: schedule.endOn,
    repeat: schedule.rule,
    month_end: schedule.monthEnd,
    working_days: schedule.workingDays,
    holidays: schedule.holidays,
    days_before: whole(draft.daysBefore, "days_before", 0, 60, problems),
    days_after: whole(draft.daysAfter, "days_after", 0, 60, problems),
    allows_parts: draft.allowsParts,
    auto_post: draft.autoPost,
    remind_days: remind === "" ? null : whole(remind, "remind_days", 0, 60, problems),
    note: draft.note.trim() || null,
  };
  return Object.keys(problems).length > 0 ? { problems } : { input };
}

/** Without what is not set: a new bill has that by itself. */
export function inputForNew(input: BillInput): BillInput {
  const set = Object.entries(input).filter(([, value]) => value !== null);
  return Object.fromEntries(set) as BillInput;
}

/** Only what differs, so that what this form cannot say stays as it was. */
export function changesOf(
  bill: Bill,
  input: BillInput,
  accounts: readonly Account[],
  locale: string,
): Partial<BillInput> {
  const before = readBill(draftOfBill(bill, locale), accounts, locale);
  if ("problems" in before) return input;
  const old = before.input as Record<string, unknown>;
  const changed = Object.entries(input).filter(([key, value]) => old[key] !== value);
  return Object.fromEntries(changed) as Partial<BillInput>;
}
