import { useState } from "react";
import { imports as importEndpoint, transactions } from "../../api/endpoints.ts";
import type { Task, Transaction } from "../../api/types.ts";
import { useSession } from "../../app/session.ts";
import { useBills } from "../../data/bills.ts";
import { useGoals } from "../../data/goals.ts";
import { useAccounts } from "../../data/household.ts";
import { useResource } from "../../data/resource.ts";
import { formatMoney } from "../../money/format.ts";
import { money } from "../../money/Money.ts";
import { CategoryPicker } from "../../ui/CategoryPicker.tsx";
import { Combobox } from "../../ui/Combobox.tsx";
import { Field, SelectField } from "../../ui/Field.tsx";
import { dueText } from "./labels.ts";

export type LinkKind = NonNullable<Task["link_kind"]>;

/** What a task is about; an id is wanted as soon as a kind is chosen. */
export type LinkDraft = { link_kind: LinkKind | ""; link_id: string };

const kinds: Record<LinkKind | "", string> = {
  "": "Nothing",
  account: "An account",
  category: "A category",
  transaction: "A transaction",
  bill: "A bill",
  goal: "A goal",
  import: "An import",
};

type LinkFieldsProps = {
  link: LinkDraft;
  /** How what is linked now is called. */
  name: string | null;
  onChange: (link: LinkDraft) => void;
  problem?: string;
};

export function LinkFields({ link, name, onChange, problem }: LinkFieldsProps) {
  const { link_kind: kind } = link;
  return (
    <>
      <SelectField
        label="About"
        value={kind}
        onChange={(next) => onChange({ link_kind: next as LinkKind | "", link_id: "" })}
      >
        {Object.entries(kinds).map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </SelectField>
      {kind !== "" && (
        <Thing
          key={kind}
          kind={kind}
          id={link.link_id}
          name={name}
          problem={problem}
          onChange={(id) => onChange({ link_kind: kind, link_id: id })}
        />
      )}
    </>
  );
}

type ThingProps = {
  kind: LinkKind;
  id: string;
  name: string | null;
  problem?: string;
  onChange: (id: string) => void;
};

function Thing({ kind, ...props }: ThingProps) {
  switch (kind) {
    case "account":
      return <AccountThing {...props} />;
    case "bill":
      return <BillThing {...props} />;
    case "goal":
      return <GoalThing {...props} />;
    case "import":
      return <ImportThing {...props} />;
    case "category":
      return (
        <Field label="Category" problem={props.problem}>
          {(control) => (
            <CategoryPicker {...control} value={props.id || null} onChange={props.onChange} />
          )}
        </Field>
      );
    case "transaction":
      return <TransactionThing {...props} />;
  }
}

type ChosenProps = Omit<ThingProps, "kind">;

function AccountThing({ id, problem, onChange }: ChosenProps) {
  const { value: accounts = [] } = useAccounts();
  const all = accounts.map((account) => ({ value: account.id, label: account.name }));
  return <Things label="Account" all={all} {...{ id, problem, onChange }} />;
}

function BillThing({ id, problem, onChange }: ChosenProps) {
  const { value: found = [] } = useBills();
  const all = found.map((bill) => ({ value: bill.id, label: bill.name }));
  return <Things label="Bill" all={all} {...{ id, problem, onChange }} />;
}

function GoalThing({ id, problem, onChange }: ChosenProps) {
  const { value: found = [] } = useGoals();
  const all = found.map((goal) => ({ value: goal.id, label: goal.name }));
  return <Things label="Goal" all={all} {...{ id, problem, onChange }} />;
}

function ImportThing({ id, problem, onChange }: ChosenProps) {
  const { value: batches = [] } = useResource("imports", importEndpoint.all);
  const all = batches.map((batch) => ({ value: batch.id, label: batch.file_name }));
  return <Things label="Import" all={all} {...{ id, problem, onChange }} />;
}

type ThingsProps = Omit<ChosenProps, "name"> & {
  label: string;
  all: readonly { value: string; label: string }[];
};

function Things({ label, all, id, problem, onChange }: ThingsProps) {
  return (
    <SelectField label={label} value={id} onChange={onChange} problem={problem}>
      <option value="" disabled>
        {all.length > 0 ? "Choose one" : "There is none"}
      </option>
      {all.map(({ value, label: text }) => (
        <option key={value} value={value}>
          {text}
        </option>
      ))}
    </SelectField>
  );
}

function labelOf({ payee, note, category_name: category }: Transaction): string {
  return payee ?? note ?? category ?? "Transaction";
}

/** Found by words, as in the register. */
function TransactionThing({ id, name, problem, onChange }: ChosenProps) {
  const { locale, today } = useSession();
  const [search, setSearch] = useState<string | null>(null);
  const [picked, setPicked] = useState(id ? name : null);
  const words = search?.trim() ?? "";
  const { value: found } = useResource(words.length > 1 ? `task about ${words}` : null, () =>
    transactions.list({ q: words, limit: 8 }),
  );
  return (
    <Field label="Transaction" problem={problem}>
      {(control) => (
        <Combobox
          {...control}
          text={search ?? picked ?? ""}
          placeholder="Words of the payee or note"
          options={(found?.data ?? []).map((row) => ({
            value: row.id,
            label: labelOf(row),
            detail: `${formatMoney(money(row.signed_amount, row.currency), locale)}, ${dueText(row.date, today, locale)}`,
          }))}
          emptyText={words.length > 1 ? "Nothing found" : "Type two letters or more"}
          onText={setSearch}
          onPick={(option) => {
            setPicked(option.label);
            setSearch(null);
            onChange(option.value);
          }}
          onLeave={() => setSearch(null)}
        />
      )}
    </Field>
  );
}
