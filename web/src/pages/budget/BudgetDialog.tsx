import { type FormEvent, useState } from "react";
import { type BudgetPatch, budgets, type FillRule } from "../../api/budgets.ts";
import type { Budget, BudgetLine } from "../../api/types.ts";
import { useSession } from "../../app/session.ts";
import { announceUndoable } from "../../app/undo.ts";
import { formatPlain } from "../../money/format.ts";
import { decimal, money } from "../../money/Money.ts";
import { isProblem, parseAmount } from "../../money/parse.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { SelectField, TextField } from "../../ui/Field.tsx";
import { announce } from "../../ui/toasts.ts";
import { useAction } from "../../ui/useAction.ts";

const rollovers: Record<Budget["rollover"], string> = {
  none: "Goes back; begins anew",
  surplus: "Stays; overspending does not",
  surplus_and_overspending: "Stays, overspending too",
};
const kinds: Record<Budget["kind"], string> = {
  flexible: "Flexible",
  fixed: "Fixed: the same every period",
  non_monthly: "Not every period",
};
const rules = {
  none: "None",
  fixed: "So much every period",
  weekly: "So much for each Friday",
  by_date: "So much by a day",
  refill: "Filled up to so much",
  average: "Average of the last 3",
  copy: "As the period before",
};
type RuleName = keyof typeof rules;

function ruleName(budget: Budget | null): RuleName {
  const name = budget?.fill?.rule;
  return name && name in rules ? (name as RuleName) : "none";
}

type Draft = {
  rollover: Budget["rollover"];
  kind: Budget["kind"];
  rule: RuleName;
  amount: string;
  date: string;
};

const needsAmount = (rule: RuleName) => ["fixed", "weekly", "by_date", "refill"].includes(rule);

function draftOf(budget: Budget | null, currency: string, locale: string): Draft {
  const known = budget?.fill?.amount;
  return {
    rollover: budget?.rollover ?? "surplus",
    kind: budget?.kind ?? "flexible",
    rule: ruleName(budget),
    amount: known ? formatPlain(money(known, currency), locale) : "",
    date: budget?.fill?.date ?? "",
  };
}

/** What is decided about a category's budget, whatever the period. */
export function BudgetDialog({ line, onClose }: { line: BudgetLine; onClose: () => void }) {
  const { household, locale } = useSession();
  const { budget } = line;
  const [draft, setDraft] = useState(() => draftOf(budget, household.currency, locale));
  const [problem, setProblem] = useState<string>();
  const { isBusy, fields, run } = useAction();
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const { rollover, kind, rule } = draft;
    const body: BudgetPatch = { rollover, kind };
    const sum = needsAmount(rule) ? parseAmount(draft.amount, household.currency, locale) : null;
    if (sum && isProblem(sum)) return setProblem(sum.problem);
    // A rule that this dialog does not know stays as it is.
    if (rule !== "none") body.fill = fillOf(rule, sum ? decimal(sum) : null, draft.date);
    else if (ruleName(budget) !== "none") body.fill = null;
    const done = await run(async () => {
      if (budget) await budgets.update(budget, body);
      else await budgets.create(line.category_id, body);
      announce(`The budget of ${line.name} is saved.`);
    });
    if (done) onClose();
  };
  return (
    <Dialog title={`Budget of ${line.name}`} onClose={onClose}>
      <form className="form" onSubmit={save} noValidate>
        <DraftFields
          draft={draft}
          onChange={change}
          problems={{ ...fields, ...(problem && { "fill.amount": problem }) }}
        />
        <div className="form-actions">
          {budget && <DeleteButton budget={budget} name={line.name} onDone={onClose} />}
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" kind="primary" isBusy={isBusy}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

type FieldsProps = {
  draft: Draft;
  onChange: (part: Partial<Draft>) => void;
  problems: Record<string, string>;
};

function DraftFields({ draft, onChange, problems }: FieldsProps) {
  return (
    <>
      <Choice
        label="What is left at the end"
        all={rollovers}
        value={draft.rollover}
        onChange={(rollover) => onChange({ rollover })}
      />
      <Choice label="Kind" all={kinds} value={draft.kind} onChange={(kind) => onChange({ kind })} />
      <Choice
        label="Filled by"
        all={rules}
        value={draft.rule}
        onChange={(rule) => onChange({ rule })}
      />
      {needsAmount(draft.rule) && (
        <TextField
          label="Amount"
          value={draft.amount}
          onChange={(amount) => onChange({ amount })}
          problem={problems["fill.amount"]}
          inputMode="decimal"
          autoComplete="off"
        />
      )}
      {draft.rule === "by_date" && (
        <TextField
          label="By"
          type="date"
          value={draft.date}
          onChange={(date) => onChange({ date })}
          problem={problems["fill.date"]}
        />
      )}
    </>
  );
}

type DeleteProps = { budget: Budget; name: string; onDone: () => void };

function DeleteButton({ budget, name, onDone }: DeleteProps) {
  const { isBusy, run } = useAction();
  const remove = async () => {
    const done = await run(async () => {
      await budgets.remove(budget);
      announceUndoable(`Deleted the budget of ${name}`, () => budgets.restore(budget.category_id));
    });
    if (done) onDone();
  };
  return (
    <Button kind="danger" disabled={isBusy} onClick={() => void remove()}>
      Delete
    </Button>
  );
}

function fillOf(rule: Exclude<RuleName, "none">, amount: string | null, date: string): FillRule {
  switch (rule) {
    case "average":
      return { rule, periods: 3 };
    case "copy":
      return { rule };
    case "weekly":
      return { rule, amount, weekday: "friday" };
    case "by_date":
      return { rule, amount, date: date || null };
    default:
      return { rule, amount };
  }
}

type ChoiceProps<Value extends string> = {
  label: string;
  all: Record<Value, string>;
  value: Value;
  onChange: (value: Value) => void;
};

function Choice<Value extends string>({ label, all, value, onChange }: ChoiceProps<Value>) {
  return (
    <SelectField label={label} value={value} onChange={(next) => onChange(next as Value)}>
      {Object.entries<string>(all).map(([key, text]) => (
        <option key={key} value={key}>
          {text}
        </option>
      ))}
    </SelectField>
  );
}
