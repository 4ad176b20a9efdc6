import type { AmountKind } from "../../api/bills.ts";
import { useAccounts } from "../../data/household.ts";
import { CurrencySelect } from "../../ui/CurrencySelect.tsx";
import { SelectField, TextField } from "../../ui/Field.tsx";
import type { PartProps } from "./BillDialog.tsx";
import { type BillDraft, currencyOf } from "./billDraft.ts";

const kinds: Record<AmountKind, string> = {
  fixed: "Always the same",
  range: "Between two amounts",
  learned: "As it was lately",
};

/** How much is expected: so much, between two amounts, or what the last payments tell. */
export function AmountFields(props: PartProps) {
  const { draft, onChange, problems } = props;
  const { value: accounts = [] } = useAccounts();
  const currency = currencyOf(draft, accounts);
  return (
    <div className="bill-amounts">
      <SelectField
        label="Amount is"
        value={draft.amountKind}
        onChange={(kind) => onChange({ amountKind: kind as AmountKind })}
        problem={problems["amount_kind"]}
      >
        {Object.entries(kinds).map(([kind, label]) => (
          <option key={kind} value={kind}>
            {label}
          </option>
        ))}
      </SelectField>
      {draft.amountKind === "range" && (
        <>
          <Amount {...props} field="low" name="amount_low" label={`At least, ${currency}`} />
          <Amount {...props} field="high" name="amount_high" label={`At most, ${currency}`} />
        </>
      )}
      {draft.amountKind !== "range" && (
        <Amount
          {...props}
          field="amount"
          name="amount"
          label={draft.amountKind === "fixed" ? `Amount, ${currency}` : `At first, ${currency}`}
        />
      )}
      {draft.amountKind === "learned" && <Learned {...props} />}
      {draft.accountId === "" && (
        <CurrencySelect
          value={draft.currency}
          onChange={(code) => onChange({ currency: code })}
          problem={problems["currency"]}
        />
      )}
    </div>
  );
}

type AmountProps = PartProps & {
  field: keyof Pick<BillDraft, "amount" | "low" | "high">;
  name: string;
  label: string;
};

function Amount({ draft, onChange, problems, field, name, label }: AmountProps) {
  return (
    <TextField
      label={label}
      inputMode="decimal"
      autoComplete="off"
      className="input-amount"
      value={draft[field]}
      onChange={(value) => onChange({ [field]: value })}
      problem={problems[name]}
    />
  );
}

function Learned({ draft, onChange, problems }: PartProps) {
  return (
    <>
      <TextField
        label="Of the last payments"
        inputMode="numeric"
        maxLength={2}
        value={draft.learnFrom}
        onChange={(learnFrom) => onChange({ learnFrom })}
        problem={problems["learn_from"]}
      />
      <TextField
        label="Give or take, %"
        inputMode="numeric"
        maxLength={3}
        value={draft.tolerance}
        onChange={(tolerance) => onChange({ tolerance })}
        problem={problems["tolerance_percent"]}
      />
    </>
  );
}
