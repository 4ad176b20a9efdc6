import { type FormEvent, type ReactNode, useState } from "react";
import { useSession } from "../../app/session.ts";
import { formatPlain } from "../../money/format.ts";
import { decimal, type Money } from "../../money/Money.ts";
import { isProblem } from "../../money/parse.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { TextField } from "../../ui/Field.tsx";
import { useAction } from "../../ui/useAction.ts";
import { entered } from "./budgetLines.ts";

/** Asks for one amount. */
export function AmountDialog({
  title,
  label,
  hint,
  amount,
  onSave,
  onClose,
}: {
  title: string;
  label: string;
  hint: ReactNode;
  amount: Money;
  onSave: (amount: string) => Promise<unknown>;
  onClose: () => void;
}) {
  const { locale } = useSession();
  const [text, setText] = useState(formatPlain(amount, locale));
  const [problem, setProblem] = useState<string>();
  const { isBusy, fields, run } = useAction();
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const result = entered(text, amount, locale);
    if (isProblem(result)) return setProblem(result.problem);
    // Nothing would be written, so that there would be nothing to take back.
    if (result.tenThousandths === amount.tenThousandths) return onClose();
    const done = await run(async () => {
      await onSave(decimal(result));
    });
    if (done) onClose();
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form className="form" onSubmit={save} noValidate>
        <TextField
          label={label}
          hint={hint}
          className="input-amount"
          value={text}
          onChange={setText}
          problem={problem ?? fields["amount"]}
          inputMode="decimal"
          autoComplete="off"
        />
        <div className="form-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" kind="primary" isBusy={isBusy}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
