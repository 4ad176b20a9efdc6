import { useState } from "react";
import { isOpen } from "../../data/accountKinds.ts";
import { useAccounts } from "../../data/household.ts";
import { Button } from "../../ui/Button.tsx";
import { SelectField } from "../../ui/Field.tsx";
import { AccountDialog } from "../accounts/AccountDialog.tsx";

/** An account of the household, or a new one made on the spot. */
export function AccountChoice({
  value,
  onChange,
  label = "Into account",
  hint,
}: {
  value: string | null;
  onChange: (accountId: string) => void;
  label?: string;
  hint?: string;
}) {
  const { value: accounts = [] } = useAccounts();
  const open = accounts.filter(isOpen);
  const [isCreating, setCreating] = useState(false);
  return (
    <div className="field-row">
      <SelectField label={label} hint={hint} value={value ?? ""} onChange={onChange}>
        <option value="" disabled>
          Choose an account
        </option>
        {open.map((account) => (
          <option key={account.id} value={account.id}>
            {account.name} ({account.currency})
          </option>
        ))}
      </SelectField>
      <Button
        icon="plus"
        kind={open.length === 0 ? "primary" : "plain"}
        onClick={() => setCreating(true)}
      >
        New account
      </Button>
      {isCreating && (
        <AccountDialog
          onClose={() => setCreating(false)}
          onSaved={(account) => onChange(account.id)}
        />
      )}
    </div>
  );
}
