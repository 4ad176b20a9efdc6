import { api } from "./api.ts";
import type { Bill, BillDirection, OccurrenceState } from "./bills.ts";

export type PriceChange = {
  date: string;
  before: string;
  after: string;
  yearly_change: string;
  is_worse: boolean;
};

/** Payments that come again and again, as they were found in the history. */
export type Recurring = {
  key: string;
  payee: string;
  account_id: string;
  account_name: string;
  category_id: string | null;
  currency: string;
  direction: "expense" | "income";
  period: string;
  rule: string;
  words: string;
  amount: string;
  amount_low: string;
  amount_high: string;
  yearly_amount: string;
  /** In percent. */
  confidence: number;
  count: number;
  first_date: string;
  last_date: string;
  /** Null where the series has ended. */
  next_date: string | null;
  has_ended: boolean;
  missed_dates: string[];
  price_changes: PriceChange[];
  payments: { transaction_id: string; date: string; amount: string }[];
  is_dismissed: boolean;
  bill_id: string | null;
};

export type Subscription = {
  source: "bill" | "found";
  bill_id: string | null;
  key: string | null;
  name: string;
  payee: string | null;
  account_id: string | null;
  account_name: string | null;
  category_id: string | null;
  currency: string;
  amount: string;
  monthly: string;
  yearly: string;
  words: string;
  period: string;
  next_date: string | null;
  last_date: string | null;
  state: "active" | "paused" | "stopped";
  price_changes: PriceChange[];
  missed_dates: string[];
};

export type Subscriptions = {
  sums: { currency: string; monthly: string; yearly: string; count: number }[];
  currency: string;
  monthly: string | null;
  yearly: string | null;
  unconverted: string[];
  subscriptions: Subscription[];
};

export type RecurringChange = {
  kind: "price_rise" | "price_drop" | "missed";
  source: "bill" | "found";
  bill_id: string | null;
  key: string | null;
  name: string;
  account_id: string | null;
  currency: string;
  date: string;
  before: string | null;
  after: string | null;
  yearly_change: string | null;
};

export type CalendarOccurrence = {
  bill_id: string;
  name: string;
  direction: BillDirection;
  date: string;
  nominal_date: string;
  account_id: string | null;
  to_account_id: string | null;
  category_id: string | null;
  currency: string;
  amount: string | null;
  state: OccurrenceState;
  is_counted: boolean;
  /** The day in whose sums it stands: what is overdue stands in today's. */
  counted_on: string | null;
};

export type CalendarDay = {
  date: string;
  money_in: string;
  money_out: string;
  expected_in: string;
  expected_out: string;
  /** At the end of the day. */
  balance: string;
  /** From today on. */
  is_expected: boolean;
  occurrences: CalendarOccurrence[];
};

export type CalendarAccount = {
  account_id: string;
  name: string;
  currency: string;
  in_total: boolean;
  minimum_balance: string | null;
  /** What it should not run below; null for debts. */
  floor: string | null;
  balance_start: string;
  balance_end: string;
  lowest: string;
  lowest_on: string;
  short_on: string | null;
  balances: string[];
};

export type CalendarMonth = {
  month: string;
  first_day: string;
  last_day: string;
  today: string;
  currency: string;
  unconverted: string[];
  money_in: string;
  money_out: string;
  expected_in: string;
  expected_out: string;
  balance_start: string;
  balance_end: string;
  short_on: string | null;
  days: CalendarDay[];
  accounts: CalendarAccount[];
};

export type FeedPart = "bills" | "tasks";
export type CalendarFeed = {
  id: string;
  name: string;
  includes: FeedPart[];
  hint: string;
  created_at: string;
  used_at: string | null;
};
/** The address is told this once. */
export type NewCalendarFeed = CalendarFeed & { address: string };

export type AcceptInput = {
  name?: string;
  category_id?: string;
  auto_post?: boolean;
  reminder_days?: number;
};

/** The server's twin is Features/Calendar. */
export const recurring = {
  all: async (state: "open" | "dismissed") =>
    (await api.list<Recurring>("/recurring", { state })).data,
  dismiss: (key: string) => api.post<Recurring>(`/recurring/${key}/dismiss`),
  restore: (key: string) => api.post<Recurring>(`/recurring/${key}/restore`),
  accept: (key: string, body: AcceptInput = {}) => api.post<Bill>(`/recurring/${key}/accept`, body),
  changes: async () => (await api.list<RecurringChange>("/recurring/changes")).data,
};

export const subscriptions = () => api.get<Subscriptions>("/subscriptions");

export const calendar = {
  month: (month: string) => api.get<CalendarMonth>(`/calendar/${month}`),
  feeds: async () => (await api.list<CalendarFeed>("/calendar/feeds")).data,
  makeFeed: (name: string, includes: readonly FeedPart[]) =>
    api.post<NewCalendarFeed>("/calendar/feeds", { name, includes }),
  revokeFeed: (id: string) => api.delete(`/calendar/feeds/${id}`),
};
