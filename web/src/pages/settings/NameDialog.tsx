import { type FormEvent, useState } from "react";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { TextField } from "../../ui/Field.tsx";
import { useAction } from "../../ui/useAction.ts";

type NameDialogProps = {
  title: string;
  value: string;
  onSave: (name: string) => Promise<void>;
  onClose: () => void;
};

export function NameDialog({ title, value, onSave, onClose }: NameDialogProps) {
  const [name, setName] = useState(value);
  const { isBusy, fields, run } = useAction();
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (await run(() => onSave(name.trim()))) onClose();
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form className="form" onSubmit={save} noValidate>
        <TextField
          label="Name"
          value={name}
          onChange={setName}
          problem={fields["name"]}
          maxLength={64}
          required
        />
        <div className="form-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" kind="primary" isBusy={isBusy} disabled={name.trim() === ""}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
