import { transactions, type TransactionPatch } from "../../api/endpoints.ts";
import type { TransactionInput } from "../../api/model.ts";
import type { Transaction } from "../../api/types.ts";
import { announceUndoable } from "../../app/undo.ts";
import { inputOf } from "./draft.ts";
import { payeeLabel } from "./labels.ts";

/** Every write of the register goes through here, and each leaves the way back. */

export async function addTransaction(input: TransactionInput): Promise<Transaction> {
  const added = await transactions.create(withoutNulls(input));
  announceUndoable(`Added ${payeeLabel(added)}`, () =>
    transactions.remove(added.id, added.version),
  );
  return added;
}

/** A new thing has nothing to clear. */
function withoutNulls(input: TransactionInput): TransactionInput {
  const splits = input.splits?.map(({ memo, ...split }) => (memo ? { ...split, memo } : split));
  const kept: TransactionInput = { ...input, ...(splits && { splits }) };
  if (kept.payee === null) delete kept.payee;
  if (kept.note === null) delete kept.note;
  return kept;
}

export async function editTransaction(
  before: Transaction,
  changes: TransactionPatch,
): Promise<Transaction> {
  const after = await transactions.update(before.id, changes, before.version);
  const old = inputOf(before);
  const back = wayBack(old, changes);
  announceUndoable(`Changed ${payeeLabel(after)}`, () =>
    transactions.update(before.id, back, after.version),
  );
  return after;
}

/** Of the changed fields, and of what hangs together with them, the values from before. */
export function wayBack(old: TransactionPatch, changes: TransactionPatch): TransactionPatch {
  const keys = new Set(Object.keys(changes) as (keyof TransactionPatch)[]);
  if (keys.has("type")) keys.add("to_account_id").add("to_amount").add("category_id");
  // Parts take the category's place and the other way round, so both go back together.
  if (keys.has("splits") || keys.has("category_id")) keys.add("splits").add("category_id");
  const back = Object.entries(old).filter(([key]) => keys.has(key as keyof TransactionPatch));
  const cleared = keys.has("splits") && !old.splits ? { splits: [] } : {};
  return { ...cleared, ...Object.fromEntries(back) };
}

export async function deleteTransactions(chosen: readonly Transaction[]): Promise<void> {
  const ids = chosen.map(({ id }) => id);
  const [only] = chosen;
  if (chosen.length === 1 && only) {
    await transactions.remove(only.id, only.version);
    announceUndoable(`Deleted ${payeeLabel(only)}`, () => transactions.restore(only.id));
    return;
  }
  const { affected } = await transactions.bulk({ action: "delete", ids });
  announceUndoable(`Deleted ${affected} transactions`, () =>
    transactions.bulk({ action: "restore", ids }),
  );
}

/** Rows of one shape only: a transfer and a split have no single category to change. */
export function canCategorise({ type, splits }: Transaction): boolean {
  return (type === "expense" || type === "income") && splits.length === 0;
}

export async function categorise(
  chosen: readonly Transaction[],
  categoryId: string,
  name: string,
): Promise<void> {
  const fitting = chosen.filter(canCategorise);
  const ids = fitting.map(({ id }) => id);
  if (ids.length === 0) throw new Error("Transfers and splits have no single category.");
  const patch = { category_id: categoryId };
  const { affected } = await transactions.bulk({ action: "patch", ids, patch });
  const left = chosen.length - fitting.length;
  const note = left > 0 ? `, left ${left} transfers or splits alone` : "";
  announceUndoable(`Put ${affected} into ${name}${note}`, () => categoriseBack(fitting));
}

/** One request for each category the rows came from. */
async function categoriseBack(rows: readonly Transaction[]): Promise<void> {
  const groups = new Map<string | null, string[]>();
  for (const { id, category_id: old } of rows) groups.set(old, [...(groups.get(old) ?? []), id]);
  for (const [category_id, ids] of groups) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other: each is a write
    await transactions.bulk({ action: "patch", ids, patch: { category_id } });
  }
}

export async function setState(
  chosen: readonly Transaction[],
  state: Transaction["state"],
): Promise<void> {
  const ids = chosen.map(({ id }) => id);
  const { affected } = await transactions.bulk({ action: "patch", ids, patch: { state } });
  announceUndoable(`Marked ${affected} as ${state}`, async () => {
    for (const old of new Set(chosen.map((row) => row.state))) {
      const group = chosen.filter((row) => row.state === old).map(({ id }) => id);
      // oxlint-disable-next-line no-await-in-loop -- one after the other: each is a write
      await transactions.bulk({ action: "patch", ids: group, patch: { state: old } });
    }
  });
}
