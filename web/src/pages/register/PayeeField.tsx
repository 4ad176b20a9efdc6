import { useEffect, useState } from "react";
import { transactions } from "../../api/endpoints.ts";
import type { Payee } from "../../api/types.ts";
import { Combobox } from "../../ui/Combobox.tsx";
import { Field } from "../../ui/Field.tsx";
import type { FieldsProps } from "./TransactionForm.tsx";

const pauseMilliseconds = 150;

/** Suggestions while typing; none are shown for an empty box. */
export function usePayees(text: string): Payee[] {
  const [payees, setPayees] = useState<Payee[]>([]);
  useEffect(() => {
    if (text.trim() === "") return setPayees([]);
    let isCurrent = true;
    const timer = setTimeout(() => {
      transactions.payees(text.trim()).then(
        (found) => isCurrent && setPayees(found),
        // Without suggestions one can still type the name.
        () => isCurrent && setPayees([]),
      );
    }, pauseMilliseconds);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [text]);
  return payees;
}

/** A known payee brings the category it last had. */
export function PayeeField({ draft, problems, onChange }: FieldsProps) {
  const [search, setSearch] = useState("");
  const payees = usePayees(search);
  return (
    <Field label="Payee" problem={problems["payee"]}>
      {(control) => (
        <Combobox
          {...control}
          text={draft.payee}
          onText={(payee) => {
            onChange({ payee });
            setSearch(payee);
          }}
          options={payees.map(({ id, name }) => ({ value: id, label: name }))}
          onPick={(option) => {
            const known = payees.find(({ id }) => id === option.value);
            onChange({
              payee: option.label,
              categoryId: draft.categoryId ?? known?.last_category_id ?? null,
            });
          }}
          emptyText={draft.payee ? "A new payee" : "Type a name"}
          isFocusedAtFirst
        />
      )}
    </Field>
  );
}
