import { api } from "./api.ts";
import type {
  Budget,
  BudgetFill,
  BudgetFillRule,
  BudgetPeriod,
  BudgetSettings,
  TrailEntry,
} from "./types.ts";

export type BudgetView = BudgetSettings["view"];
export type FillRule = Partial<BudgetFillRule> & { rule: BudgetFillRule["rule"] };

export type BudgetLook = Partial<
  Pick<BudgetSettings, "view" | "period" | "month_start" | "holidays">
>;

export type BudgetPatch = {
  rollover?: Budget["rollover"];
  kind?: Budget["kind"];
  group?: string | null;
  position?: number;
  fill?: FillRule | null;
  priority?: number;
};

export type FillInput = {
  preview?: boolean;
  rule?: FillRule;
  category_ids?: string[];
  new_budgets?: boolean;
};

/** Null is what is ready to assign. */
export type Place = string | null;

/** The server's twin is Features/Budgets. */
export const budgets = {
  settings: () => api.get<BudgetSettings>("/budgets/settings"),
  look: (body: BudgetLook) => api.patch<BudgetSettings>("/budgets/settings", body),
  period: (name: string) => api.get<BudgetPeriod>(`/budgets/${name}`),
  create: (categoryId: string, body: BudgetPatch = {}) =>
    api.post<Budget>("/budgets", { category_id: categoryId, ...body }),
  update: (budget: Budget, body: BudgetPatch) =>
    api.patch<Budget>(`/budgets/categories/${budget.category_id}`, body, budget.version),
  remove: (budget: Budget) =>
    api.delete(`/budgets/categories/${budget.category_id}`, budget.version),
  restore: (categoryId: string) => api.post<Budget>(`/budgets/categories/${categoryId}/restore`),
  assign: (name: string, id: string, amount: string) =>
    api.put<BudgetPeriod>(`/budgets/${name}/${id}`, { amount }),
  move: (name: string, from: Place, to: Place, amount: string) =>
    api.post<BudgetPeriod>(`/budgets/${name}/move`, { from_id: from, to_id: to, amount }),
  cover: (name: string, categoryId: string, from: Place) =>
    api.post<BudgetPeriod>(`/budgets/${name}/cover`, { category_id: categoryId, from_id: from }),
  hold: (name: string, amount: string) =>
    api.post<BudgetPeriod>(`/budgets/${name}/hold`, { amount }),
  flexible: (name: string, amount: string) =>
    api.post<BudgetPeriod>(`/budgets/${name}/flexible`, { amount }),
  fill: (name: string, body: FillInput) => api.post<BudgetFill>(`/budgets/${name}/fill`, body),
  lock: (name: string) => api.post<BudgetPeriod>(`/budgets/${name}/lock`, {}),
  unlock: (name: string) => api.post<BudgetPeriod>(`/budgets/${name}/unlock`, {}),
  /** The way back from the change of a plan that this person just made. */
  lastEntry: async (personId: string) =>
    (
      await api.list<TrailEntry>("/audit-logs", {
        entity: "budget_period",
        actor_id: personId,
        limit: 1,
      })
    ).data[0],
};
