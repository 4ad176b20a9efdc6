import { api } from "./api.ts";
import type { List, Query } from "./Client.ts";
import { trail } from "./identity.ts";

export type BillDirection = "expense" | "income" | "transfer";
export type AmountKind = "fixed" | "range" | "learned";
export type BillState = "active" | "paused" | "ended";
export type OccurrenceState =
  | "expected"
  | "due"
  | "overdue"
  | "missed"
  | "partial"
  | "matched"
  | "posted"
  | "skipped";

/** Amounts of bills are positive; the direction is their sign. */
export type Bill = {
  id: string;
  name: string;
  direction: BillDirection;
  payee: string | null;
  account_id: string | null;
  account_name: string | null;
  to_account_id: string | null;
  to_account_name: string | null;
  category_id: string | null;
  category_name: string | null;
  currency: string;
  amount_kind: AmountKind;
  amount: string | null;
  amount_low: string | null;
  amount_high: string | null;
  learn_from: number | null;
  tolerance_percent: number | null;
  /** What the next one will be; null while nothing is known. */
  expected_amount: string | null;
  start_on: string;
  end_on: string | null;
  /** A rule of RFC 5545; null for what comes once. */
  repeat: string | null;
  repeat_words: string;
  month_end: "last_day" | "skip";
  working_days: "none" | "next" | "previous" | "nearest" | "next_in_month";
  holidays: string;
  days_before: number;
  days_after: number;
  allows_parts: boolean;
  auto_post: boolean;
  remind_days: number | null;
  note: string | null;
  state: BillState;
  paused_on: string | null;
  next_on: string | null;
  next_nominal_on: string | null;
  version: number;
  created_at: string;
  updated_at: string;
  deleted_at: string | null;
};

export type BillInput = Pick<Bill, "name" | "direction" | "start_on"> &
  Partial<
    Pick<
      Bill,
      | "payee"
      | "account_id"
      | "to_account_id"
      | "category_id"
      | "currency"
      | "amount_kind"
      | "amount"
      | "amount_low"
      | "amount_high"
      | "learn_from"
      | "tolerance_percent"
      | "end_on"
      | "repeat"
      | "month_end"
      | "working_days"
      | "holidays"
      | "days_before"
      | "days_after"
      | "allows_parts"
      | "auto_post"
      | "remind_days"
      | "note"
    >
  >;

export type BillPayment = {
  transaction_id: string;
  date: string;
  amount: string;
  payee: string | null;
  account_id: string;
  kind: "matched" | "posted";
  is_automatic: boolean;
};

export type BillCandidate = {
  transaction_id: string;
  date: string;
  amount: string;
  payee: string | null;
  account_id: string;
  score: number;
};

/** One time that a bill comes. It is known by the day that its rule names, wherever it is moved. */
export type Occurrence = {
  bill_id: string;
  bill_name: string;
  direction: BillDirection;
  nominal_on: string;
  due_on: string;
  window_from: string;
  window_to: string;
  state: OccurrenceState;
  payee: string | null;
  account_id: string | null;
  to_account_id: string | null;
  category_id: string | null;
  currency: string;
  amount: string | null;
  amount_low: string | null;
  amount_high: string | null;
  is_changed: boolean;
  posts_itself: boolean;
  paid: string | null;
  open: string | null;
  /** More than expected is positive. */
  changed_by: string | null;
  paid_on: string | null;
  /** Early is negative. */
  days_late: number | null;
  payments: BillPayment[];
  candidates: BillCandidate[];
};

export type OccurrencePatch = { due_on?: string | null; amount?: string | null };
export type PostInput = { date?: string; amount?: string; account_id?: string };

/** Which time of which bill. */
export type OccurrenceName = Pick<Occurrence, "bill_id" | "nominal_on">;

const path = ({ bill_id, nominal_on }: OccurrenceName) =>
  `/bills/${bill_id}/occurrences/${nominal_on}`;

/** The server's twin is Features/Bills. */
export const bills = {
  all: async (includeDeleted = false) => {
    const found: Bill[] = [];
    let cursor: string | null = null;
    do {
      const query: Query = { limit: 500, include_deleted: includeDeleted, cursor };
      // Each page names the next.
      // oxlint-disable-next-line no-await-in-loop
      const page: List<Bill> = await api.list<Bill>("/bills", query);
      found.push(...page.data);
      cursor = page.pagination.next_cursor;
    } while (cursor !== null);
    return found;
  },
  get: (id: string) => api.get<Bill>(`/bills/${id}`),
  create: (body: BillInput) => api.post<Bill>("/bills", body),
  update: (bill: Bill, body: Partial<BillInput>) =>
    api.patch<Bill>(`/bills/${bill.id}`, body, bill.version),
  remove: (bill: Bill) => api.delete(`/bills/${bill.id}`, bill.version),
  restore: (id: string) => api.post<Bill>(`/bills/${id}/restore`),
  pause: (id: string) => api.post<Bill>(`/bills/${id}/pause`),
  resume: (id: string) => api.post<Bill>(`/bills/${id}/resume`),
  /** The way back from what was just done to a bill: skipped, posted, changed. */
  undo: async (billId: string, action: string) => {
    const { data } = await trail.household({ entity_id: billId, action, limit: 1 });
    if (data[0]) await trail.undo(data[0].id);
  },
};

export const occurrences = {
  list: (query: Query): Promise<List<Occurrence>> =>
    api.list<Occurrence>("/bills/occurrences", query),
  get: (name: OccurrenceName) => api.get<Occurrence>(path(name)),
  change: (name: OccurrenceName, body: OccurrencePatch) => api.patch<Occurrence>(path(name), body),
  skip: (name: OccurrenceName) => api.post<Occurrence>(`${path(name)}/skip`),
  unskip: (name: OccurrenceName) => api.post<Occurrence>(`${path(name)}/unskip`),
  post: (name: OccurrenceName, body: PostInput = {}) =>
    api.post<Occurrence>(`${path(name)}/post`, body),
  match: (name: OccurrenceName, transactionId: string) =>
    api.post<Occurrence>(`${path(name)}/match`, { transaction_id: transactionId }),
  unmatch: (name: OccurrenceName, transactionId: string) =>
    api.post<Occurrence>(`${path(name)}/unmatch`, { transaction_id: transactionId }),
  reject: (name: OccurrenceName, transactionId: string) =>
    api.post<Occurrence>(`${path(name)}/reject`, { transaction_id: transactionId }),
};
