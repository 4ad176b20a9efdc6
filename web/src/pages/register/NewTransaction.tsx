import { useState } from "react";
import type { TransactionInput } from "../../api/model.ts";
import { useSession } from "../../app/session.ts";
import { isOpen } from "../../data/accountKinds.ts";
import { useAccounts } from "../../data/household.ts";
import { addTransaction } from "./changes.ts";
import { emptyDraft } from "./draft.ts";
import { TransactionForm } from "./TransactionForm.tsx";

/** Stays open after each one added: receipts come in handfuls. */
export function NewTransaction({
  accountId,
  onClose,
}: {
  accountId: string | undefined;
  onClose: () => void;
}) {
  const { today } = useSession();
  const { value: accounts = [] } = useAccounts();
  const [round, setRound] = useState(0);
  const [last, setLast] = useState({ accountId: "", date: today });
  const first = accounts.find(isOpen)?.id ?? "";
  const add = async (input: TransactionInput) => {
    await addTransaction(input);
    setLast({ accountId: input.account_id, date: input.date });
  };
  return (
    <section className="card new-entry" aria-label="New transaction">
      <TransactionForm
        key={round}
        label="New transaction"
        initial={emptyDraft(last.accountId || accountId || first, last.date)}
        onSave={add}
        onSaved={() => setRound(round + 1)}
        onClose={onClose}
      />
    </section>
  );
}
