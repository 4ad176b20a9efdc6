import type { Account } from "../../api/types.ts";
import { isOpen } from "../../data/accountKinds.ts";
import { CategoryPicker } from "../../ui/CategoryPicker.tsx";
import { Field, SelectField, TextField } from "../../ui/Field.tsx";
import { type Segment, Segments } from "../../ui/Segments.tsx";
import type { Draft } from "./draft.ts";
import { typeNames } from "./labels.ts";
import { PayeeField } from "./PayeeField.tsx";
import type { FieldsProps } from "./TransactionForm.tsx";

const types = (["expense", "income", "transfer"] as const).map((value): Segment<Draft["type"]> => ({
  value,
  label: typeNames[value],
}));

export function TypeChoice({ draft, onChange }: FieldsProps) {
  return (
    <Segments
      label="Type"
      segments={types}
      value={draft.type}
      onChange={(type) => onChange({ type })}
      isSmall
    />
  );
}

type EntryFieldsProps = FieldsProps & { accounts: readonly Account[] };

/** Date, payee, where from, where to or what for, and how much. */
export function EntryFields(props: EntryFieldsProps) {
  const { draft, problems, onChange } = props;
  return (
    <div className="entry-grid">
      <TextField
        label="Date"
        type="date"
        value={draft.date}
        onChange={(date) => onChange({ date })}
        problem={problems["date"]}
        required
      />
      <PayeeField {...props} />
      {!draft.isFixed && <MoneyFields {...props} />}
    </div>
  );
}

function MoneyFields(props: EntryFieldsProps) {
  const { draft, problems, onChange, accounts, currency } = props;
  const isTransfer = draft.type === "transfer";
  const to = accounts.find(({ id }) => id === draft.toAccountId);
  return (
    <>
      <AccountSelect
        label={isTransfer ? "From" : "Account"}
        value={draft.accountId}
        onChange={(accountId) => onChange({ accountId })}
        problem={problems["account_id"]}
        accounts={accounts}
      />
      {isTransfer ? (
        <AccountSelect
          label="To"
          value={draft.toAccountId}
          onChange={(toAccountId) => onChange({ toAccountId })}
          problem={problems["to_account_id"]}
          accounts={accounts}
        />
      ) : (
        <CategoryField {...props} />
      )}
      <TextField
        label={`Amount, ${currency}`}
        inputMode="decimal"
        className="input-amount"
        value={draft.amount}
        onChange={(amount) => onChange({ amount })}
        problem={problems["amount"]}
        required
      />
      {isTransfer && to && to.currency !== currency && (
        <TextField
          label={`Arrived, ${to.currency}`}
          inputMode="decimal"
          className="input-amount"
          value={draft.toAmount}
          onChange={(toAmount) => onChange({ toAmount })}
          problem={problems["to_amount"]}
          required
        />
      )}
    </>
  );
}

function CategoryField({ draft, problems, onChange }: FieldsProps) {
  if (draft.splits.length > 0) {
    return <TextField label="Category" value="Several, below" onChange={() => {}} readOnly />;
  }
  return (
    <Field label="Category" problem={problems["category_id"]}>
      {(control) => (
        <CategoryPicker
          {...control}
          value={draft.categoryId}
          onChange={(categoryId) => onChange({ categoryId })}
          placeholder="Uncategorised"
        />
      )}
    </Field>
  );
}

type AccountSelectProps = {
  label: string;
  value: string;
  onChange: (id: string) => void;
  problem?: string;
  accounts: readonly Account[];
};

/** A closed account is offered only where it already stands. */
function AccountSelect({ label, value, onChange, problem, accounts }: AccountSelectProps) {
  return (
    <SelectField label={label} value={value} onChange={onChange} problem={problem} required>
      <option value="" disabled>
        Choose
      </option>
      {accounts
        .filter((account) => isOpen(account) || account.id === value)
        .map((account) => (
          <option key={account.id} value={account.id}>
            {account.name}
          </option>
        ))}
    </SelectField>
  );
}
