import { useState } from "react";
import { categories as endpoint } from "../../api/endpoints.ts";
import type { Category } from "../../api/types.ts";
import { announceUndoable } from "../../app/undo.ts";
import { subtreeIds } from "../../data/household.ts";
import { Button } from "../../ui/Button.tsx";
import { CategoryPicker } from "../../ui/CategoryPicker.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Field } from "../../ui/Field.tsx";
import { useAction } from "../../ui/useAction.ts";

type DeleteCategoryDialogProps = {
  category: Category;
  all: readonly Category[];
  onClose: () => void;
};

/** Deleting asks where the transactions go, so that none is left without a category. */
export function DeleteCategoryDialog({ category, all, onClose }: DeleteCategoryDialogProps) {
  const gone = subtreeIds(all, category.id);
  const inside = all.filter(({ id }) => gone.has(id));
  const count = inside.reduce((sum, { transaction_count: own }) => sum + own, 0);
  const [moveTo, setMoveTo] = useState<string | null>(null);
  const { isBusy, run } = useAction();
  const remove = async () => {
    const done = await run(async () => {
      await endpoint.remove(category, moveTo ?? undefined);
      announceUndoable(`Deleted ${category.name}`, () => endpoint.restore(category.id));
    });
    if (done) onClose();
  };
  const others = inside.filter(({ id }) => id !== category.id).map(({ name }) => name);
  return (
    <Dialog title={`Delete ${category.name}?`} onClose={onClose}>
      <div className="form">
        {others.length > 0 && <p>With it go {others.join(", ")}.</p>}
        {count === 0 && <p>No transaction uses it.</p>}
        {count > 0 && (
          <Field
            label={count === 1 ? "Move its transaction to" : `Move its ${count} transactions to`}
          >
            {(control) => (
              <CategoryPicker
                {...control}
                value={moveTo}
                onChange={setMoveTo}
                kind={category.kind}
                except={gone}
                placeholder="Choose a category"
              />
            )}
          </Field>
        )}
        <div className="form-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button
            kind="danger"
            icon="trash"
            isBusy={isBusy}
            disabled={count > 0 && moveTo === null}
            onClick={remove}
          >
            Delete
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
