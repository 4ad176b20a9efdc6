import { useState } from "react";
import { APIError } from "../../api/APIError.ts";
import type { Overcommitment } from "../../api/goals.ts";
import { useAction } from "../../ui/useAction.ts";

/** What the server says of the account that a write would set too much aside on. */
export function overcommitmentIn(error: unknown): Overcommitment | null {
  if (!(error instanceof APIError) || error.code !== "goal.overcommitted") return null;
  return error.details as Overcommitment;
}

/**
 * A write that would set more aside than an account holds is refused first; whoever sends it
 * again has seen by how much.
 */
export function useConsent() {
  const { isBusy, fields, run } = useAction();
  const [refusal, setRefusal] = useState<Overcommitment | null>(null);
  const attempt = async (work: (isAllowed: boolean) => Promise<void>): Promise<boolean> => {
    let isRefused = false;
    const isDone = await run(async () => {
      try {
        await work(refusal !== null);
      } catch (error) {
        const found = overcommitmentIn(error);
        if (!found) throw error;
        isRefused = true;
        setRefusal(found);
      }
    });
    return isDone && !isRefused;
  };
  return { isBusy, fields, refusal, attempt, forget: () => setRefusal(null) };
}
