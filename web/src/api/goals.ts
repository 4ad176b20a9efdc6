import { api } from "./api.ts";
import type { List } from "./Client.ts";
import type { Goal, GoalContribution, GoalPath, GoalSummary } from "./types.ts";

export type GoalKind = Goal["kind"];

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
