import { bills } from "../../api/bills.ts";
import { announceUndoable } from "../../app/undo.ts";
import { useAction } from "../../ui/useAction.ts";
import type { Bill } from "../../api/types.ts";

/** What is done to a bill as a whole, each with its way back. */
export function useBillActions(bill: Bill) {
  const { isBusy, run } = useAction();
  const pause = () =>
    run(async () => {
      await bills.pause(bill.id);
      announceUndoable(`Paused ${bill.name}`, () => bills.resume(bill.id));
    });
  const resume = () =>
    run(async () => {
      await bills.resume(bill.id);
      announceUndoable(`${bill.name} goes on`, () => bills.pause(bill.id));
    });
  const remove = () =>
    run(async () => {
      await bills.remove(bill);
      announceUndoable(`Deleted ${bill.name}`, () => bills.restore(bill.id));
    });
  return { isBusy, pause, resume, remove };
}
