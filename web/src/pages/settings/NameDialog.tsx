import { useState } from "react";
import { Dialog } from "../../ui/Dialog.tsx";
import { TextField } from "../../ui/Field.tsx";
import { Form } from "../../ui/Form.tsx";
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
  const save = async () => {
    if (await run(() => onSave(name.trim()))) onClose();
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <Form
        verb="Save"
        onSubmit={save}
        isBusy={isBusy}
        isReady={name.trim() !== ""}
        onCancel={onClose}
      >
        <TextField
          label="Name"
          value={name}
          onChange={setName}
          problem={fields["name"]}
          maxLength={64}
          required
        />
      </Form>
    </Dialog>
  );
}
