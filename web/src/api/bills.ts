import { api } from "./api.ts";
import type { List, Query } from "./Client.ts";
import { trail } from "./identity.ts";
import type { Bill, BillOccurrence } from "./types.ts";

export type BillDirection = Bill["direction"];
export type AmountKind = Bill["amount_kind"];
export type BillState = Bill["state"];
export type OccurrenceState = BillOccurrence["state"];

/** Amounts of bills are positive; the direction is their sign. */
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

export type OccurrencePatch = { due_on?: string | null; amount?: string | null };
export type PostInput = { date?: string; amount?: string; account_id?: string };

/** Which time of which bill: it is known by the day that its rule names, wherever it is moved. */
export type OccurrenceName = Pick<BillOccurrence, "bill_id" | "nominal_on">;

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
  list: (query: Query): Promise<List<BillOccurrence>> =>
    api.list<BillOccurrence>("/bills/occurrences", query),
  get: (name: OccurrenceName) => api.get<BillOccurrence>(path(name)),
  change: (name: OccurrenceName, body: OccurrencePatch) =>
    api.patch<BillOccurrence>(path(name), body),
  skip: (name: OccurrenceName) => api.post<BillOccurrence>(`${path(name)}/skip`),
  unskip: (name: OccurrenceName) => api.post<BillOccurrence>(`${path(name)}/unskip`),
  post: (name: OccurrenceName, body: PostInput = {}) =>
    api.post<BillOccurrence>(`${path(name)}/post`, body),
  match: (name: OccurrenceName, transactionId: string) =>
    api.post<BillOccurrence>(`${path(name)}/match`, { transaction_id: transactionId }),
  unmatch: (name: OccurrenceName, transactionId: string) =>
    api.post<BillOccurrence>(`${path(name)}/unmatch`, { transaction_id: transactionId }),
  reject: (name: OccurrenceName, transactionId: string) =>
    api.post<BillOccurrence>(`${path(name)}/reject`, { transaction_id: transactionId }),
};
