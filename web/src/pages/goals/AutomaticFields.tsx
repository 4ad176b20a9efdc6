import { isOpen } from "../../data/accountKinds.ts";
import { useAccounts } from "../../data/household.ts";
import { CategoryPicker } from "../../ui/CategoryPicker.tsx";
import { Field, SelectField, TextField } from "../../ui/Field.tsx";
import type { FieldsProps } from "./GoalDialog.tsx";
import type { Rule } from "./goalDraft.ts";

const rules: Record<Rule, string> = {
  none: "By hand only",
  fixed: "A fixed amount every month",
  budget: "What its budget category is assigned",
};

const hints: Record<Rule, string> = {
  none: "You set money aside whenever you like.",
  fixed: "Set aside by itself, as far as the account holds it.",
  budget: "Set aside once a budget period is over, as far as the account holds it.",
};

/** Whether and how money is put aside by itself. */
export function AutomaticFields({ draft, onChange, problems }: FieldsProps) {
  return (
    <>
      <SelectField
        label="Set aside"
        hint={hints[draft.rule]}
        value={draft.rule}
        onChange={(rule) => onChange({ rule: rule as Rule })}
        problem={problems["automatic"] ?? problems["automatic.rule"]}
      >
        {Object.entries(rules).map(([rule, text]) => (
          <option key={rule} value={rule}>
            {text}
          </option>
        ))}
      </SelectField>
      {draft.rule !== "none" && (
        <AssetSelect
          label="On the account"
          currency={draft.currency}
          value={draft.account}
          onChange={(account) => onChange({ account })}
          problem={problems["automatic.account_id"]}
        />
      )}
      {draft.rule === "fixed" && (
        <FixedFields draft={draft} onChange={onChange} problems={problems} />
      )}
      {draft.rule === "budget" && (
        <Field label="Budget category" problem={problems["automatic.category_id"]}>
          {(control) => (
            <CategoryPicker
              {...control}
              value={draft.category}
              onChange={(category) => onChange({ category })}
              kind="expense"
              placeholder="Choose a category"
            />
          )}
        </Field>
      )}
    </>
  );
}

const days = Array.from({ length: 31 }, (_, index) => String(index + 1));

function FixedFields({ draft, onChange, problems }: FieldsProps) {
  return (
    <div className="field-pair">
      <TextField
        label="Amount a month"
        inputMode="decimal"
        className="input-amount"
        autoComplete="off"
        value={draft.amount}
        onChange={(amount) => onChange({ amount })}
        problem={problems["automatic.amount"]}
      />
      <SelectField
        label="On day"
        value={draft.day}
        onChange={(day) => onChange({ day })}
        problem={problems["automatic.day"]}
      >
        {days.map((day) => (
          <option key={day} value={day}>
            {day === "31" ? "the last" : day}
          </option>
        ))}
      </SelectField>
    </div>
  );
}

type AssetSelectProps = {
  label: string;
  currency: string;
  value: string;
  onChange: (accountId: string) => void;
  problem?: string;
  hint?: string;
};

/** The open accounts of one currency that hold money of one's own. */
export function AssetSelect({ label, currency, value, ...rest }: AssetSelectProps) {
  const { value: accounts = [] } = useAccounts();
  const fitting = accounts.filter(
    (account) => account.class === "asset" && account.currency === currency && isOpen(account),
  );
  const isNone = fitting.length === 0 && accounts.length > 0;
  return (
    <SelectField
      {...rest}
      label={label}
      value={value}
      hint={isNone ? `There is no open account in ${currency}.` : rest.hint}
    >
      <option value="">Choose an account</option>
      {fitting.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}
