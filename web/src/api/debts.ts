import { api } from "./api.ts";
import type { AccountKind } from "./model.ts";

export type DebtStrategy = "avalanche" | "snowball" | "own";

export interface DebtTerms {
  yearly_rate: string;
  minimum_kind: "fixed" | "share";
  minimum_amount: string;
  minimum_share: string | null;
  monthly_interest: string;
  minimum_payment: string;
  is_covered: boolean;
  position: number;
  version: number;
  created_at: string;
  updated_at: string;
}

export interface Debt {
  account_id: string;
  name: string;
  kind: AccountKind;
  currency: string;
  balance: string;
  owed: string;
  terms: DebtTerms | null;
}

export interface DebtSettings {
  strategy: DebtStrategy;
  extra_amount: string;
  currency: string;
  order: string[];
  version: number;
  updated_at: string | null;
}

export interface DebtCourse {
  end: "free" | "never" | "too_long" | "nothing_owed";
  month: string | null;
  months: number;
  interest: string;
  stuck: string[];
}

export interface DebtPlanRow {
  month: string;
  interest: string;
  payment: string;
  principal: string;
  balance: string;
}

export interface DebtPlanLine {
  account_id: string;
  name: string;
  owed: string;
  yearly_rate: string;
  is_covered: boolean;
  interest: string;
  free_month: string | null;
  minimums_free_month: string | null;
  rows: DebtPlanRow[];
}

export interface DebtPlanMonth extends DebtPlanRow {
  minimums_balance: string | null;
}

export interface DebtPlan {
  currency: string;
  strategy: DebtStrategy;
  extra_amount: string;
  from: string;
  owed: string;
  monthly_payment: string;
  plan: DebtCourse;
  minimums_only: DebtCourse;
  interest_saved: string | null;
  months_saved: number | null;
  debts: DebtPlanLine[];
  months: DebtPlanMonth[];
  without_terms: string[];
  missing_rates: string[];
}

export type DebtTermsInput = {
  yearly_rate: string;
  minimum_kind: "fixed" | "share";
  minimum_amount: string;
  minimum_share?: string;
};
export type DebtSettingsPatch = Partial<Pick<DebtSettings, "strategy" | "extra_amount" | "order">>;
/** What a plan would be; nothing is stored. */
export type DebtWish = { strategy?: DebtStrategy; extra?: string; order?: string };

/** The server's twin is Features/Debts. */
export const debts = {
  all: async () => (await api.list<Debt>("/debts")).data,
  setTerms: (debt: Debt, body: DebtTermsInput) => api.put<Debt>(`/debts/${debt.account_id}`, body),
  removeTerms: (debt: Debt) => api.delete(`/debts/${debt.account_id}`, debt.terms?.version),
  restoreTerms: (accountId: string) => api.post<Debt>(`/debts/${accountId}/restore`),
  settings: () => api.get<DebtSettings>("/debts/settings"),
  change: (body: DebtSettingsPatch, version?: number) =>
    api.patch<DebtSettings>("/debts/settings", body, version),
  plan: (wish: DebtWish = {}) => api.get<DebtPlan>("/debts/plan", wish),
};
