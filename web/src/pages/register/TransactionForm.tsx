import { type FormEvent, type KeyboardEvent, type ReactNode, useState } from "react";
import type { TransactionInput } from "../../api/model.ts";
import type { Transaction } from "../../api/types.ts";
import { useSession } from "../../app/session.ts";
import { useAccounts } from "../../data/household.ts";
import { Button } from "../../ui/Button.tsx";
import { useAction } from "../../ui/useAction.ts";
import { type Draft, type Problems, readDraft } from "./draft.ts";
import { EntryFields, TypeChoice } from "./EntryFields.tsx";
import { ExtraFields } from "./ExtraFields.tsx";
import { PaidBill } from "./PaidBill.tsx";
import { SplitsEditor } from "./SplitsEditor.tsx";

type TransactionFormProps = {
  label: string;
  initial: Draft;
  /** The transaction being edited; none for a new one. */
  before?: Transaction;
  onSave: (input: TransactionInput) => Promise<void>;
  onSaved: () => void;
  onClose: () => void;
  /** Further things to do with it, beside Save. */
  children?: ReactNode;
};

export type FieldsProps = {
  draft: Draft;
  problems: Problems;
  onChange: (change: Partial<Draft>) => void;
  currency: string;
};

/** One form for a new transaction and, in its row, for an old one. */
export function TransactionForm(props: TransactionFormProps) {
  const { label, initial, before, onSave, onSaved, onClose, children } = props;
  const { locale, household } = useSession();
  const { value: accounts = [] } = useAccounts();
  const [draft, setDraft] = useState(initial);
  const [problems, setProblems] = useState<Problems>({});
  const { isBusy, fields, run } = useAction();
  const account = accounts.find(({ id }) => id === draft.accountId);
  const fieldsProps: FieldsProps = {
    draft,
    problems: { ...fields, ...problems },
    onChange: (change) => setDraft((current) => ({ ...current, ...change })),
    currency: account?.currency ?? household.currency,
  };
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const reading = readDraft(draft, accounts, locale, initial);
    setProblems("problems" in reading ? reading.problems : {});
    if ("problems" in reading) return;
    if (await run(() => onSave(reading.input))) onSaved();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    onClose();
  };
  return (
    // Escape is heard from every field inside, which is what a form is for.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form className="entry" aria-label={label} onSubmit={save} onKeyDown={onKeyDown} noValidate>
      {!draft.isFixed && <TypeChoice {...fieldsProps} />}
      <EntryFields {...fieldsProps} accounts={accounts} />
      {!draft.isFixed && draft.type !== "transfer" && <SplitsEditor {...fieldsProps} />}
      <ExtraFields {...fieldsProps} bankText={before?.bank_text ?? null} />
      {before && <PaidBill id={before.id} />}
      <div className="entry-actions">
        <div className="button-row">{children}</div>
        <div className="button-row">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" kind="primary" isBusy={isBusy}>
            {before ? "Save" : "Add"}
          </Button>
        </div>
      </div>
    </form>
  );
}
