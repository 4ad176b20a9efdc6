import { api } from "./api.ts";
import type { List } from "./Client.ts";
import type { AccountKind } from "./model.ts";

export type GoalKind = "purchase" | "emergency_fund" | "sinking_fund" | "saving";

export interface GoalAutomatic {
  rule: "fixed" | "budget";
  account_id: string;
  amount: string | null;
  day: number | null;
  category_id: string | null;
  through: string;
}

export interface GoalPlace {
  account_id: string;
  name: string;
  amount: string;
  is_overcommitted: boolean;
}

export interface Goal {
  id: string;
  name: string;
  kind: GoalKind;
  state: "active" | "paused" | "finished";
  currency: string;
  position: number;
  note: string | null;
  target_amount: string | null;
  target: string | null;
  target_date: string | null;
  start_date: string;
  repeat_months: number | null;
  months_of_spending: number | null;
  average_months: number | null;
  average_spending: string | null;
  missing_rates: string[];
  saved: string;
  remaining: string | null;
  progress: string | null;
  is_reached: boolean;
  reached_at: string | null;
  pace: "on_track" | "behind" | "ahead" | "reached" | "open" | "paused" | "finished";
  planned_by_now: string | null;
  behind_by: string | null;
  months_left: number | null;
  suggested_amount: string | null;
  due_this_month: string | null;
  projected_month: string | null;
  automatic: GoalAutomatic | null;
  accounts: GoalPlace[];
  released: string;
  finished_at: string | null;
  deleted_at: string | null;
  version: number;
  created_at: string;
  updated_at: string;
}

export interface GoalContribution {
  id: string;
  goal_id: string;
  account_id: string;
  account_name: string;
  amount: string;
  currency: string;
  date: string;
  source: "manual" | "automatic" | "release";
  planned_amount: string | null;
  note: string | null;
  person_id: string | null;
  person_name: string | null;
  created_at: string;
}

export interface GoalPathMonth {
  month: string;
  planned: string | null;
  actual: string | null;
  contributed: string | null;
  projected: string | null;
}

export interface GoalPath {
  goal_id: string;
  currency: string;
  target: string | null;
  months: GoalPathMonth[];
}

export interface GoalAccount {
  account_id: string;
  name: string;
  kind: AccountKind;
  currency: string;
  balance: string;
  earmarked: string;
  free: string;
  is_overcommitted: boolean;
  over_by: string;
}

export interface GoalSummary {
  currency: string;
  saved: string;
  target: string;
  remaining: string;
  due_this_month: string;
  missing_rates: string[];
  active: number;
  paused: number;
  finished: number;
  accounts: GoalAccount[];
}

export type GoalAutomaticInput =
  | { rule: "fixed"; account_id: string; amount: string; day: number }
  | { rule: "budget"; account_id: string; category_id: string };

export type GoalPatch = {
  name?: string;
  target_amount?: string | null;
  target_date?: string | null;
  start_date?: string;
  note?: string | null;
  repeat_months?: number | null;
  months_of_spending?: number | null;
  average_months?: number | null;
  automatic?: GoalAutomaticInput | null;
};
export type GoalInput = GoalPatch & { name: string; kind: GoalKind; currency?: string };

export type ContributionInput = {
  account_id: string;
  amount: string;
  date?: string;
  note?: string | null;
  allow_overcommitted?: boolean;
};
export type FinishInput = { earmarks: "release" | "keep"; again?: boolean };

/** What a refusal says of the account that would hold less than is set aside on it. */
export type Overcommitment = {
  account_id: string;
  currency: string;
  balance: string;
  earmarked: string;
  free: string;
  over_by: string;
};

/** The server's twin is Features/Goals. */
export const goals = {
  all: async (includeDeleted = false) =>
    (await api.list<Goal>("/goals", { include_deleted: includeDeleted })).data,
  get: (id: string) => api.get<Goal>(`/goals/${id}`),
  summary: () => api.get<GoalSummary>("/goals/summary"),
  create: (body: GoalInput) => api.post<Goal>("/goals", body),
  update: (goal: Goal, body: GoalPatch) => api.patch<Goal>(`/goals/${goal.id}`, body, goal.version),
  remove: (goal: Goal) => api.delete(`/goals/${goal.id}`, goal.version),
  restore: (id: string, isAllowed = false) =>
    api.post<Goal>(`/goals/${id}/restore`, isAllowed ? { allow_overcommitted: true } : {}),
  order: (ids: string[]) => api.put<Goal[]>("/goals/order", { ids }),
  pause: (id: string) => api.post<Goal>(`/goals/${id}/pause`),
  resume: (id: string) => api.post<Goal>(`/goals/${id}/resume`),
  finish: (id: string, body: FinishInput) => api.post<Goal>(`/goals/${id}/finish`, body),
  path: (id: string) => api.get<GoalPath>(`/goals/${id}/path`),
  contributions: (id: string, cursor: string | null): Promise<List<GoalContribution>> =>
    api.list<GoalContribution>(`/goals/${id}/contributions`, { cursor, limit: 50 }),
  contribute: (id: string, body: ContributionInput) =>
    api.post<GoalContribution>(`/goals/${id}/contributions`, body),
  removeContribution: (one: GoalContribution, isAllowed = false) =>
    api.delete(`/goals/${one.goal_id}/contributions/${one.id}`, undefined, {
      allow_overcommitted: isAllowed || null,
    }),
};
