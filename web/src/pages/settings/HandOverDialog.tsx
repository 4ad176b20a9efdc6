import { type FormEvent, useState } from "react";
import { households } from "../../api/identity.ts";
import type { MemberCard } from "../../api/people.ts";
import { readAgain } from "../../data/resource.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { SelectField } from "../../ui/Field.tsx";
import { announce } from "../../ui/toasts.ts";
import { useAction } from "../../ui/useAction.ts";

type HandOverDialogProps = { others: readonly MemberCard[]; onClose: () => void };

export function HandOverDialog({ others, onClose }: HandOverDialogProps) {
  const [personId, setPersonId] = useState(others[0]?.person_id ?? "");
  const { isBusy, run } = useAction();
  const name = others.find(({ person_id: id }) => id === personId)?.name ?? "";
  const handOver = async (event: FormEvent) => {
    event.preventDefault();
    const done = await run(async () => {
      await households.handOver(personId);
      // What only an owner may ask for is gone from the page before all is read anew.
      await readAgain("me");
      announce(`${name} is the owner now.`);
    });
    if (done) onClose();
  };
  return (
    <Dialog title="Hand over the household" onClose={onClose}>
      <form className="form" onSubmit={handOver}>
        <p>There is one owner. You stay as an editor, and only the new owner can reverse this.</p>
        <SelectField label="New owner" value={personId} onChange={setPersonId}>
          {others.map(({ person_id: id, name: label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </SelectField>
        <div className="form-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" kind="danger" isBusy={isBusy}>
            Hand over
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
