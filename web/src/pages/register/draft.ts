import type { TransactionPatch } from "../../api/endpoints.ts";
import type { TransactionInput, TransactionState } from "../../api/model.ts";
import type { Account, Transaction } from "../../api/types.ts";
import type { LocalDate } from "../../dates/LocalDate.ts";
import { formatPlain } from "../../money/format.ts";
import { compare, decimal, isZero, type Money, money, sum } from "../../money/Money.ts";
import { isProblem, parseAmount } from "../../money/parse.ts";

export type SplitDraft = { key: string; categoryId: string | null; amount: string; memo: string };

/** A transaction as it stands in a form: everything is what was typed. */
export type Draft = {
  type: TransactionInput["type"];
  /** Its accounts and amounts are not this form's to change. */
  isFixed: boolean;
  date: LocalDate;
  payee: string;
  accountId: string;
  toAccountId: string;
  categoryId: string | null;
  amount: string;
  toAmount: string;
  note: string;
  tags: string[];
  state: TransactionState;
  splits: SplitDraft[];
};

export type Problems = Record<string, string>;
export type Reading = { input: TransactionInput } | { problems: Problems };

export function emptyDraft(accountId: string, date: LocalDate): Draft {
  return {
    type: "expense",
    isFixed: false,
    date,
    payee: "",
    accountId,
    toAccountId: "",
    categoryId: null,
    amount: "",
    toAmount: "",
    note: "",
    tags: [],
    state: "posted",
    splits: [],
  };
}

/**
 * Opening balances and free postings; one side of a linked pair; and a transfer of which a part
 * went elsewhere, such as a loan's interest: this form knows too little of them to write them.
 */
export function isFixed(transaction: Transaction): boolean {
  const { type, splits, amount, currency, to_amount: arrived, to_currency: other } = transaction;
  if (type === "expense" || type === "income") return transaction.linked_transaction_id !== null;
  if (type !== "transfer" || transaction.linked_transaction_id !== null) return true;
  return splits.length > 0 || (arrived !== null && other === currency && arrived !== amount);
}

export function draftOf(transaction: Transaction, locale: string): Draft {
  const { type, currency, to_amount: toAmount, to_currency: toCurrency } = transaction;
  const typed = (amount: string) => formatPlain(money(amount, currency), locale);
  return {
    type: type === "income" || type === "transfer" ? type : "expense",
    isFixed: isFixed(transaction),
    date: transaction.date,
    payee: transaction.payee ?? "",
    accountId: transaction.account_id,
    toAccountId: transaction.to_account_id ?? "",
    categoryId: transaction.category_id,
    amount: typed(transaction.amount),
    toAmount:
      toAmount && toCurrency && isExchange(transaction)
        ? formatPlain(money(toAmount, toCurrency), locale)
        : "",
    note: transaction.note ?? "",
    tags: transaction.tags,
    state: transaction.state,
    splits: transaction.splits.map((split, index) => ({
      key: String(index),
      categoryId: split.category_id,
      amount: typed(split.amount),
      memo: split.memo ?? "",
    })),
  };
}

class Reader {
  readonly problems: Problems = {};

  constructor(
    private readonly locale: string,
    private readonly accounts: readonly Account[],
    private readonly kept: ReadonlySet<string>,
  ) {}

  account(field: string, id: string): Account | undefined {
    const account = this.accounts.find((candidate) => candidate.id === id);
    if (!account) this.problems[field] = "Choose an account";
    return account;
  }

  amount(field: string, text: string, currency: string): Money | null {
    const result = parseAmount(text, currency, this.locale, this.kept.has(text));
    if (isProblem(result)) {
      this.problems[field] = result.problem;
      return null;
    }
    return result;
  }

  positive(field: string, text: string, currency: string): Money | null {
    const amount = this.amount(field, text, currency);
    if (amount && (isZero(amount) || amount.tenThousandths < 0n)) {
      this.problems[field] = "Enter an amount above zero";
      return null;
    }
    return amount;
  }
}

function readSplits(draft: Draft, total: Money, reader: Reader): TransactionInput["splits"] {
  const parts: Money[] = [];
  const splits = draft.splits.map(({ categoryId, amount, memo }, index) => {
    const part = reader.amount(`splits[${index}].amount`, amount, total.currency);
    if (part) parts.push(part);
    if (!categoryId) reader.problems[`splits[${index}].category_id`] = "Choose a category";
    return {
      category_id: categoryId ?? "",
      amount: part ? decimal(part) : "",
      memo: memo.trim() || null,
    };
  });
  const isWhole = parts.length === splits.length;
  if (isWhole && compare(sum(parts, total.currency), total) !== 0) {
    reader.problems["splits"] = "The parts must add up to the whole amount";
  }
  return splits;
}

function readTransfer(draft: Draft, from: Account | undefined, reader: Reader) {
  const to = reader.account("to_account_id", draft.toAccountId);
  if (from && to && from.id === to.id) {
    reader.problems["to_account_id"] = "Choose another account";
  }
  const hasArrival = from && to && from.currency !== to.currency;
  const arrived = hasArrival ? reader.positive("to_amount", draft.toAmount, to.currency) : null;
  return {
    to_account_id: draft.toAccountId,
    ...(arrived ? { to_amount: decimal(arrived) } : {}),
  };
}

/** The amounts as they stood: left alone, they are not judged anew. */
function amountsOf(draft: Draft | undefined): Set<string> {
  return new Set(
    draft ? [draft.amount, draft.toAmount, ...draft.splits.map(({ amount }) => amount)] : [],
  );
}

/** What to send for a draft, or all that is wrong with it. */
export function readDraft(
  draft: Draft,
  accounts: readonly Account[],
  locale: string,
  before?: Draft,
): Reading {
  const reader = new Reader(locale, accounts, amountsOf(before));
  const account = reader.account("account_id", draft.accountId);
  const total = reader.positive("amount", draft.amount, account?.currency ?? "");
  if (!draft.date) reader.problems["date"] = "Enter a date";
  const input: TransactionInput = {
    type: draft.type,
    account_id: draft.accountId,
    amount: total ? decimal(total) : "",
    payee: draft.payee.trim() || null,
    note: draft.note.trim() || null,
    tags: draft.tags,
    date: draft.date,
    state: draft.state,
  };
  if (draft.type === "transfer") Object.assign(input, readTransfer(draft, account, reader));
  else if (draft.splits.length > 0) {
    if (total) input.splits = readSplits(draft, total, reader);
  } else if (draft.categoryId) input.category_id = draft.categoryId;
  return Object.keys(reader.problems).length > 0 ? { problems: reader.problems } : { input };
}

/** Between accounts of one currency, what leaves is what arrives. */
function isExchange({ currency, to_currency: other }: Transaction): boolean {
  return other !== null && other !== currency;
}

/** The same shape as a form sends, taken from what the server holds. */
export function inputOf(transaction: Transaction): TransactionPatch {
  const { type, to_account_id: to, splits } = transaction;
  const input: TransactionPatch = {
    account_id: transaction.account_id,
    amount: decimal(money(transaction.amount, transaction.currency)),
    payee: transaction.payee,
    note: transaction.note,
    tags: transaction.tags,
    date: transaction.date,
    state: transaction.state,
  };
  if (type === "expense" || type === "income" || type === "transfer") input.type = type;
  if (to) input.to_account_id = to;
  if (transaction.to_amount && isExchange(transaction)) {
    input.to_amount = decimal(money(transaction.to_amount, transaction.to_currency ?? ""));
  }
  if (splits.length > 0) {
    input.splits = splits.map(({ category_id, amount, memo }) => ({
      category_id,
      amount: decimal(money(amount, transaction.currency)),
      memo,
    }));
  } else if (transaction.category_id) input.category_id = transaction.category_id;
  return input;
}

const describingKeys = ["payee", "note", "tags", "date", "state"] as const;
const patchKeys = [
  "type",
  "account_id",
  "to_account_id",
  "amount",
  "to_amount",
  "category_id",
  "splits",
  ...describingKeys,
] as const;

/**
 * Only what differs is sent: a change that leaves an amount alone must not validate it anew.
 * Going from parts to one category sends an empty list of parts. Whatever else a new type has
 * no use for, the server drops by itself.
 */
export function changesBetween(
  before: TransactionPatch,
  after: TransactionPatch,
  areAmountsFixed = false,
): TransactionPatch {
  const changes: Record<string, unknown> = {};
  for (const key of areAmountsFixed ? describingKeys : patchKeys) {
    const isSame = JSON.stringify(before[key] ?? null) === JSON.stringify(after[key] ?? null);
    if (isSame) continue;
    if (key === "splits") changes[key] = after.splits ?? [];
    else if (after[key] !== undefined) changes[key] = after[key];
    else if (key === "to_amount" && after.type === "transfer") changes[key] = null;
  }
  return changes as TransactionPatch;
}
