import { api } from "./api.ts";
import type { Debt, DebtPlan, DebtSettings } from "./types.ts";

export type DebtStrategy = DebtSettings["strategy"];

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
