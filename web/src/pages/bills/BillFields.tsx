import { useState } from "react";
import type { BillDirection } from "../../api/bills.ts";
import type { Account } from "../../api/types.ts";
import { isOpen } from "../../data/accountKinds.ts";
import { useAccounts } from "../../data/household.ts";
import { Button } from "../../ui/Button.tsx";
import { CategoryPicker } from "../../ui/CategoryPicker.tsx";
import { Combobox } from "../../ui/Combobox.tsx";
import { Field, SelectField, TextField } from "../../ui/Field.tsx";
import { type Segment, Segments } from "../../ui/Segments.tsx";
import { usePayees } from "../register/PayeeField.tsx";
import type { PartProps } from "./BillDialog.tsx";

const directions: readonly Segment<BillDirection>[] = [
  { value: "expense", label: "To pay" },
  { value: "income", label: "Income" },
  { value: "transfer", label: "Transfer" },
];

/** What it is, whose payments are meant, and where they are booked. */
export function WhoFields(props: PartProps) {
  const { draft, onChange, problems } = props;
  const isTransfer = draft.direction === "transfer";
  return (
    <>
      <Segments
        label="Kind"
        segments={directions}
        value={draft.direction}
        onChange={(direction) => onChange({ direction, categoryId: null })}
      />
      <div className="field-pair">
        <TextField
          label="Name"
          value={draft.name}
          onChange={(name) => onChange({ name })}
          problem={problems["name"]}
          placeholder={draft.direction === "income" ? "Salary" : "Rent"}
          maxLength={120}
          required
        />
        <PayeeBox {...props} />
      </div>
      <div className="field-pair">
        <AccountSelect
          {...props}
          label={isTransfer ? "From" : "Account"}
          field="account_id"
          value={draft.accountId}
          onPick={(accountId) => onChange({ accountId })}
          anyText={isTransfer ? "Choose an account" : "Any account"}
        />
        {isTransfer ? (
          <AccountSelect
            {...props}
            label="To"
            field="to_account_id"
            value={draft.toAccountId}
            onPick={(toAccountId) => onChange({ toAccountId })}
            anyText="Choose an account"
          />
        ) : (
          <Field label="Category" problem={problems["category_id"]}>
            {(control) => (
              <CategoryPicker
                {...control}
                kind={draft.direction === "income" ? "income" : "expense"}
                value={draft.categoryId}
                onChange={(categoryId) => onChange({ categoryId })}
              />
            )}
          </Field>
        )}
      </div>
    </>
  );
}

/** Known payees are proposed, any other name may be written. */
function PayeeBox({ draft, onChange, problems }: PartProps) {
  const [search, setSearch] = useState("");
  const payees = usePayees(search);
  return (
    <Field
      label="Payee"
      problem={problems["payee"]}
      hint="Whose payments pay it; without one nothing is matched by itself."
    >
      {(control) => (
        <Combobox
          {...control}
          text={draft.payee}
          onText={(payee) => {
            onChange({ payee });
            setSearch(payee);
          }}
          options={payees.map(({ id, name }) => ({ value: id, label: name }))}
          onPick={({ value, label }) => {
            const known = payees.find(({ id }) => id === value);
            const isCategorised = draft.categoryId !== null || draft.direction === "transfer";
            onChange({
              payee: label,
              ...(draft.name === "" && { name: label }),
              ...(!isCategorised && { categoryId: known?.last_category_id ?? null }),
            });
          }}
          emptyText={draft.payee ? "A new payee" : "Type a name"}
        />
      )}
    </Field>
  );
}

type AccountSelectProps = PartProps & {
  label: string;
  field: string;
  value: string;
  onPick: (id: string) => void;
  anyText: string;
};

/** Open accounts, and the chosen one whatever has become of it. */
function AccountSelect({ label, field, value, onPick, anyText, problems }: AccountSelectProps) {
  const { value: accounts = [] } = useAccounts();
  const usable = accounts.filter((one: Account) => isOpen(one) || one.id === value);
  return (
    <SelectField label={label} value={value} onChange={onPick} problem={problems[field]}>
      <option value="">{anyText}</option>
      {usable.map(({ id, name, currency }) => (
        <option key={id} value={id}>
          {name} ({currency})
        </option>
      ))}
    </SelectField>
  );
}

/** What most bills need not be told. */
export function MoreFields(props: PartProps) {
  const { draft, problems } = props;
  const own = ["days_before", "days_after", "remind_days", "note", "auto_post", "allows_parts"];
  const isWrong = own.some((field) => problems[field] !== undefined);
  const [isWanted, setWanted] = useState(draft.note !== "");
  const isShown = isWanted || isWrong;
  return (
    <>
      <AutoPost {...props} />
      <p>
        <Button
          kind="quiet"
          icon={isShown ? "up" : "down"}
          aria-expanded={isShown}
          onClick={() => setWanted(!isShown)}
        >
          Matching, reminder and note
        </Button>
      </p>
      {isShown && <MatchingFields {...props} />}
    </>
  );
}

function AutoPost({ draft, onChange, problems }: PartProps) {
  return (
    <div className="field">
      <label className="check-label">
        <input
          type="checkbox"
          checked={draft.autoPost}
          onChange={(event) => onChange({ autoPost: event.target.checked })}
        />
        <span>Post it by itself on its day</span>
      </label>
      {problems["auto_post"] ? (
        <p className="field-problem">{problems["auto_post"]}</p>
      ) : (
        draft.autoPost && (
          <p className="field-hint">
            It is booked on the account on the day it is due. The bank’s own row takes its place.
          </p>
        )
      )}
    </div>
  );
}

function MatchingFields({ draft, onChange, problems }: PartProps) {
  const days = (
    label: string,
    field: "daysBefore" | "daysAfter" | "remindDays",
    problem: string | undefined,
    hint?: string,
  ) => (
    <TextField
      label={label}
      inputMode="numeric"
      value={draft[field]}
      onChange={(value) => onChange({ [field]: value })}
      problem={problem}
      hint={hint}
      maxLength={2}
    />
  );
  return (
    <div className="form bill-more">
      <div className="field-triple">
        {days("Days early", "daysBefore", problems["days_before"], "A payment may come")}
        {days("Days late", "daysAfter", problems["days_after"], "After that it is missed")}
        {days("Remind, days before", "remindDays", problems["remind_days"], "Empty: never")}
      </div>
      <label className="check-label">
        <input
          type="checkbox"
          checked={draft.allowsParts}
          onChange={(event) => onChange({ allowsParts: event.target.checked })}
        />
        <span>Several payments may pay it together</span>
      </label>
      <Field label="Note" problem={problems["note"]}>
        {(control) => (
          <textarea
            {...control}
            className="input"
            rows={2}
            maxLength={4000}
            value={draft.note}
            onChange={(event) => onChange({ note: event.target.value })}
          />
        )}
      </Field>
    </div>
  );
}
