import { recurring } from "../../api/calendar.ts";
import { bills } from "../../api/bills.ts";
import { announceUndoable } from "../../app/undo.ts";
import { type Resource, useResource } from "../../data/resource.ts";
import { useAction } from "../../ui/useAction.ts";
import type { Bill, Recurring } from "../../api/types.ts";

/** What was found in the history and may become a bill: what ended or is one already is left out. */
export function useFound(): Resource<Recurring[]> {
  return useResource("recurring open", async () =>
    (await recurring.all("open")).filter(({ bill_id, has_ended }) => !bill_id && !has_ended),
  );
}

export function useFoundActions() {
  const { isBusy, run } = useAction();
  const accept = (found: readonly Recurring[]) =>
    run(async () => {
      const made: Bill[] = [];
      for (const { key } of found) {
        // One after the other: each is a write of its own.
        // oxlint-disable-next-line no-await-in-loop
        made.push(await recurring.accept(key));
      }
      const text = made.length === 1 ? `${made[0]?.name} is a bill` : `Made ${made.length} bills`;
      announceUndoable(text, () => Promise.all(made.map((bill) => bills.remove(bill))));
    });
  const dismiss = ({ key, payee }: Recurring) =>
    run(async () => {
      await recurring.dismiss(key);
      announceUndoable(`${payee} is not proposed again`, () => recurring.restore(key));
    });
  const restore = ({ key, payee }: Recurring) =>
    run(async () => {
      await recurring.restore(key);
      announceUndoable(`${payee} is proposed again`, () => recurring.dismiss(key));
    });
  return { isBusy, accept, dismiss, restore };
}
