import { createContext, useContext, useEffect, useState } from "react";
import { APIError } from "../../api/APIError.ts";
import { budgets } from "../../api/budgets.ts";
import { trail } from "../../api/identity.ts";
import type { BudgetPeriod } from "../../api/types.ts";
import { useSession } from "../../app/session.ts";
import { announceUndoable } from "../../app/undo.ts";
import { useMembers } from "../../data/members.ts";

/**
 * What a person is to the plan. Whoever does not see every account of the budget cannot divide
 * its money, so they look at their part.
 */
export type Standing = "planner" | "viewer" | "partial";

export function isPrivate(error: unknown): boolean {
  return error instanceof APIError && error.code === "budget.private";
}

/** What was learned before, so that buttons do not come and go with the periods. */
const learned = new Map<string, boolean>();

/**
 * The period does not say whether accounts are hidden, so where that can be, a preview that
 * changes nothing is asked for once: it is refused to whoever sees a part only.
 */
export function useStanding(period: BudgetPeriod): Standing {
  const { isViewer, household, user } = useSession();
  const { value: members = [] } = useMembers();
  const who = `${user.id} ${household.id}`;
  const [isPartial, setPartial] = useState(learned.get(who) ?? false);
  const isAsked = !isViewer && members.length > 1;
  const { name, lines } = period;
  const line = lines[0]?.category_id;
  useEffect(() => {
    if (!isAsked || !line) return;
    let isHere = true;
    const learn = (isHidden: boolean) => {
      learned.set(who, isHidden);
      if (isHere) setPartial(isHidden);
    };
    budgets.fill(name, { preview: true, category_ids: [line] }).then(
      () => learn(false),
      (error: unknown) => learn(isPrivate(error)),
    );
    return () => {
      isHere = false;
    };
    // Once a visit: who sees what does not change with the period or with what is planned.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [isAsked, who, line === undefined]);
  if (isViewer) return "viewer";
  return isPartial ? "partial" : "planner";
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
