import { type FormEvent, useState } from "react";
import { budgets } from "../../api/budgets.ts";
import type { Budget, BudgetPeriod } from "../../api/types.ts";
import { announceUndoable } from "../../app/undo.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { TextField } from "../../ui/Field.tsx";
import { useAction } from "../../ui/useAction.ts";

type GroupProps = { period: BudgetPeriod; name: string; onClose: () => void };

/** Each budget of a group names it, so a group is renamed budget by budget. */
async function rename(all: readonly Budget[], group: string | null): Promise<Budget[]> {
  const renamed: Budget[] = [];
  for (const budget of all) renamed.push(await budgets.update(budget, { group }));
  return renamed;
}

export function GroupDialog({ period, name, onClose }: GroupProps) {
  const [text, setText] = useState(name);
  const { isBusy, fields, run } = useAction();
  const all = period.lines.flatMap(({ budget }) => (budget?.group === name ? [budget] : []));
  const save = async (group: string | null) => {
    if (group === name) return onClose();
    const done = await run(async () => {
      const renamed = await rename(all, group);
      announceUndoable(group ? `${name} is ${group} now` : `${name} is no group any more`, () =>
        rename(renamed, name),
      );
    });
    if (done) onClose();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save(text.trim() || null);
  };
  return (
    <Dialog title={`Group ${name}`} onClose={onClose}>
      <form className="form" onSubmit={submit} noValidate>
        <TextField
          label="Name"
          value={text}
          onChange={setText}
          problem={fields["group"]}
          maxLength={60}
          autoComplete="off"
        />
        <div className="form-actions">
          <span className="form-aside">
            <Button disabled={isBusy} onClick={() => void save(null)}>
              Dissolve
            </Button>
          </span>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" kind="primary" isBusy={isBusy}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
