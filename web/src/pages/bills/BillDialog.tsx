import { type FormEvent, useState } from "react";
import { bills } from "../../api/bills.ts";
import { useSession } from "../../app/session.ts";
import { announceUndoable } from "../../app/undo.ts";
import { useAccounts } from "../../data/household.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { useAction } from "../../ui/useAction.ts";
import { AmountFields } from "./AmountFields.tsx";
import {
  type BillDraft,
  changesOf,
  draftOfBill,
  inputForNew,
  newBill,
  readBill,
} from "./billDraft.ts";
import { MoreFields, WhoFields } from "./BillFields.tsx";
import { ScheduleFields } from "./ScheduleFields.tsx";
import { useBillActions } from "./useBillActions.ts";
import type { Bill } from "../../api/types.ts";

type BillDialogProps = { bill?: Bill; onClose: () => void };

export type PartProps = {
  draft: BillDraft;
  onChange: (part: Partial<BillDraft>) => void;
  problems: Record<string, string>;
};

/** Makes a bill or changes one: who, how much, when, and what happens by itself. */
export default function BillDialog({ bill, onClose }: BillDialogProps) {
  const { household, locale, today } = useSession();
  const { value: accounts = [] } = useAccounts();
  const [draft, setDraft] = useState(() =>
    bill ? draftOfBill(bill, locale) : newBill(today, household.currency),
  );
  const [problems, setProblems] = useState<Record<string, string>>({});
  const { isBusy, fields, run } = useAction();
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const reading = readBill(draft, accounts, locale);
    if ("problems" in reading) return setProblems(reading.problems);
    setProblems({});
    const { input } = reading;
    const done = await run(async () => {
      if (bill) {
        const changed = await bills.update(bill, changesOf(bill, input, accounts, locale));
        announceUndoable(`Changed ${changed.name}`, () => bills.undo(bill.id, "update"));
      } else {
        const made = await bills.create(inputForNew(input));
        announceUndoable(`${made.name} is a bill`, () => bills.remove(made));
      }
    });
    if (done) onClose();
  };
  const part: PartProps = {
    draft,
    onChange: (change) => setDraft((old) => ({ ...old, ...change })),
    problems: { ...fields, ...problems },
  };
  return (
    <Dialog title={bill ? `Edit ${bill.name}` : "New bill"} onClose={onClose} isWide>
      <form className="form bill-form" onSubmit={save} noValidate>
        <WhoFields {...part} />
        <AmountFields {...part} />
        <ScheduleFields {...part} />
        <MoreFields {...part} />
        <div className="form-actions">
          {bill && <Tools bill={bill} onDone={onClose} />}
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" kind="primary" isBusy={isBusy}>
            {bill ? "Save" : "Add bill"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** For phones too, whose list has no room for them. */
function Tools({ bill, onDone }: { bill: Bill; onDone: () => void }) {
  const { isBusy, pause, resume, remove } = useBillActions(bill);
  const then = async (work: Promise<boolean>) => {
    if (await work) onDone();
  };
  return (
    <span className="form-actions-first button-row">
      <Button kind="danger" disabled={isBusy} onClick={() => void then(remove())}>
        Delete
      </Button>
      {bill.state === "active" && (
        <Button disabled={isBusy} onClick={() => void then(pause())}>
          Pause
        </Button>
      )}
      {bill.state === "paused" && (
        <Button disabled={isBusy} onClick={() => void then(resume())}>
          Resume
        </Button>
      )}
    </span>
  );
}
