import { transactions, transfers } from "../../api/endpoints.ts";
import type { TransactionInput } from "../../api/model.ts";
import type { Transaction } from "../../api/types.ts";
import { useSession } from "../../app/session.ts";
import { announceUndoable } from "../../app/undo.ts";
import { Button } from "../../ui/Button.tsx";
import { announce } from "../../ui/toasts.ts";
import { useAction } from "../../ui/useAction.ts";
import { deleteTransactions, editTransaction } from "./changes.ts";
import { changesBetween, draftOf, inputOf } from "./draft.ts";
import { payeeLabel } from "./labels.ts";
import { TransactionForm } from "./TransactionForm.tsx";
import type { Register } from "./useRegister.ts";

type RowEditorProps = { row: Transaction; index: number; top: number; register: Register };

/** A row opened for editing where it stands. */
export function RowEditor({ row, index, top, register }: RowEditorProps) {
  const close = () => {
    register.edit(null);
    // The form that had the focus is gone: back to the list it was opened from.
    requestAnimationFrame(() => document.querySelector<HTMLElement>(".grid")?.focus());
  };
  return (
    <div
      id={`row-${index}`}
      role="row"
      aria-rowindex={index + 2}
      className="grid-editor"
      style={{ top }}
    >
      <div role="gridcell">
        <RowForm row={row} onClose={close} />
      </div>
    </div>
  );
}

export function RowForm({ row, onClose }: { row: Transaction; onClose: () => void }) {
  const { locale } = useSession();
  if (row.deleted_at) return <DeletedRow row={row} onClose={onClose} />;
  const draft = draftOf(row, locale);
  const save = async (input: TransactionInput) => {
    const changes = changesBetween(inputOf(row), input, draft.isFixed);
    if (Object.keys(changes).length > 0) await editTransaction(row, changes);
  };
  return (
    <TransactionForm
      label={`Edit ${payeeLabel(row)}`}
      initial={draft}
      before={row}
      onSave={save}
      onSaved={onClose}
      onClose={onClose}
    >
      <RowActions row={row} onClose={onClose} />
    </TransactionForm>
  );
}

function RowActions({ row, onClose }: { row: Transaction; onClose: () => void }) {
  const { isBusy, run } = useAction();
  const remove = async () => {
    if (await run(() => deleteTransactions([row]))) onClose();
  };
  const unlink = async () => {
    const done = await run(async () => {
      const pair = await transfers.unlink(row.id);
      announceUndoable("Took the transfer apart", () => transfers.link(pair.out.id, pair.in.id));
    });
    if (done) onClose();
  };
  return (
    <>
      {row.linked_transaction_id === null && (
        <Button kind="danger" icon="trash" isBusy={isBusy} onClick={remove}>
          Delete
        </Button>
      )}
      {row.linked_transaction_id && (
        <Button icon="link" disabled={isBusy} onClick={unlink}>
          Not a transfer
        </Button>
      )}
    </>
  );
}

function DeletedRow({ row, onClose }: { row: Transaction; onClose: () => void }) {
  const { isBusy, run } = useAction();
  const restore = async () => {
    const done = await run(async () => {
      await transactions.restore(row.id);
      announce(`${payeeLabel(row)} is back.`);
    });
    if (done) onClose();
  };
  return (
    <div className="entry deleted-row">
      <p>{payeeLabel(row)} was deleted. It can be brought back for 30 days from then.</p>
      <div className="button-row">
        <Button onClick={onClose}>Close</Button>
        <Button kind="primary" icon="undo" isBusy={isBusy} onClick={restore}>
          Restore
        </Button>
      </div>
    </div>
  );
}
