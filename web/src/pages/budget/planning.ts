import { createContext, useContext } from "react";
import { budgets } from "../../api/budgets.ts";
import { trail } from "../../api/identity.ts";
import type { BudgetPeriod } from "../../api/types.ts";
import { useSession } from "../../app/session.ts";
import { announceUndoable } from "../../app/undo.ts";

/**
 * What a person is to the plan. Whoever does not see every account of the budget cannot divide
 * its money, so they look at their part.
 */
export type Standing = "planner" | "viewer" | "partial";

export function standingOf(period: Pick<BudgetPeriod, "can_plan" | "plan_refusal">): Standing {
  if (period.can_plan) return "planner";
  return period.plan_refusal === "budget.private" ? "partial" : "viewer";
}

/** Whether numbers may be changed by this person at all; a locked period refuses them besides. */
export const CanPlan = createContext(false);

export function useCanPlan(): boolean {
  return useContext(CanPlan);
}

/** Tells of a change of the plan, with the way back through the activity. */
export function useAnnounceChange(): (text: string) => Promise<void> {
  const { user } = useSession();
  return async (text) => {
    const entry = await budgets.lastEntry(user.id);
    if (entry) announceUndoable(text, () => trail.undo(entry.id));
  };
}
