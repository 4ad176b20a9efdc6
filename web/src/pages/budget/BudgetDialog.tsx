import { type FormEvent, useId, useState } from "react";
import { type BudgetPatch, budgets } from "../../api/budgets.ts";
import type { Budget } from "../../api/types.ts";
import { useSession } from "../../app/session.ts";
import { announceUndoable } from "../../app/undo.ts";
import { Button } from "../../ui/Button.tsx";
import { CategoryPicker } from "../../ui/CategoryPicker.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Field } from "../../ui/Field.tsx";
import { announce } from "../../ui/toasts.ts";
import { useAction } from "../../ui/useAction.ts";
import { Choice } from "./Choice.tsx";
import {
  draftOfRule,
  type RuleDraft,
  type RuleName,
  ruleNames,
  ruleOf,
  type RuleProblems,
} from "./fillRules.ts";
import { RuleFields } from "./RuleFields.tsx";

const rollovers: Record<Budget["rollover"], string> = {
  surplus: "It stays; overspending does not",
  surplus_and_overspending: "It stays, and overspending too",
  none: "It goes back; the next begins at zero",
};
const kinds: Record<Budget["kind"], string> = {
  flexible: "Flexible",
  fixed: "Fixed: the same every period",
  non_monthly: "Not every period",
};
const rules = { none: "By hand", ...ruleNames };
const priorities = Object.fromEntries(
  Array.from({ length: 9 }, (_, index) => {
    const number = String(index + 1);
    return [number, index === 0 ? "1, first" : index === 8 ? "9, last" : number];
  }),
);

type Draft = {
  rollover: Budget["rollover"];
  kind: Budget["kind"];
  group: string;
  priority: string;
  rule: RuleName | "none";
  fill: RuleDraft;
};

function draftOf(budget: Budget | null, currency: string, locale: string): Draft {
  return {
    rollover: budget?.rollover ?? "surplus",
    kind: budget?.kind ?? "flexible",
    group: budget?.group ?? "",
    priority: String(budget?.priority ?? 1),
    rule: budget?.fill?.rule ?? "none",
    fill: draftOfRule(budget?.fill ?? null, currency, locale),
  };
}

/** Null for a budget that is to be made, of a category that is to be chosen. */
export type Edited = { category_id: string; name: string; budget: Budget | null } | null;

type DialogProps = {
  edited: Edited;
  groups: readonly string[];
  /** Income has no envelope. */
  isEnvelope: boolean;
  /** Categories that have one already. */
  taken: ReadonlySet<string>;
  onClose: () => void;
};

/** What is decided about a category's budget, whatever the period. */
export function BudgetDialog(props: DialogProps) {
  const { edited, groups, isEnvelope, taken, onClose } = props;
  const { household, locale } = useSession();
  const budget = edited?.budget ?? null;
  const [category, setCategory] = useState(edited?.category_id ?? null);
  const [draft, setDraft] = useState(() => draftOf(budget, household.currency, locale));
  const [problems, setProblems] = useState<RuleProblems & { category?: string }>({});
  const { isBusy, fields, run } = useAction();
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (!category) return setProblems({ category: "Choose a category" });
    const { rollover, kind, rule, group, priority } = draft;
    const read = rule === "none" ? null : ruleOf(rule, draft.fill, household.currency, locale);
    if (read && "problems" in read) return setProblems(read.problems);
    setProblems({});
    const fill = read?.rule ?? null;
    const body: BudgetPatch = { rollover, kind, priority: Number(priority), fill };
    const done = await run(async () => {
      const all = { ...body, group: group.trim() || null };
      const saved = budget
        ? await budgets.update(budget, all)
        : await budgets.create(category, withoutNull(all));
      announce(`The budget of ${saved.name} is saved.`);
    });
    if (done) onClose();
  };
  const wrong = { ...fromServer(fields), ...problems };
  return (
    <Dialog title={edited ? `Budget of ${edited.name}` : "New budget"} onClose={onClose}>
      <form className="form" onSubmit={save} noValidate>
        {!edited && (
          <Field label="Category" problem={wrong.category}>
            {(control) => (
              <CategoryPicker
                {...control}
                kind={isEnvelope ? "expense" : undefined}
                value={category}
                onChange={setCategory}
                except={taken}
              />
            )}
          </Field>
        )}
        <DraftFields
          draft={draft}
          groups={groups}
          onChange={(part) => setDraft({ ...draft, ...part })}
          problems={wrong}
        />
        <div className="form-actions">
          {budget && <DeleteButton budget={budget} onDone={onClose} />}
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" kind="primary" isBusy={isBusy}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** A new budget says only what it has. */
function withoutNull({ fill, group, ...rest }: BudgetPatch): BudgetPatch {
  return { ...rest, ...(fill && { fill }), ...(group && { group }) };
}

function fromServer(fields: Record<string, string>): RuleProblems & { category?: string } {
  return {
    amount: fields["fill.amount"],
    date: fields["fill.date"],
    percent: fields["fill.basis_points"],
    periods: fields["fill.periods"],
    category: fields["category_id"],
  };
}

type FieldsProps = {
  draft: Draft;
  groups: readonly string[];
  onChange: (part: Partial<Draft>) => void;
  problems: RuleProblems;
};

function DraftFields({ draft, groups, onChange, problems }: FieldsProps) {
  return (
    <>
      <Choice
        label="What is left at the end"
        all={rollovers}
        value={draft.rollover}
        onChange={(rollover) => onChange({ rollover })}
      />
      <div className="field-pair">
        <Choice
          label="Kind"
          all={kinds}
          value={draft.kind}
          onChange={(kind) => onChange({ kind })}
        />
        <GroupField value={draft.group} groups={groups} onChange={(group) => onChange({ group })} />
      </div>
      <div className="field-pair">
        <Choice
          label="Filled by"
          all={rules}
          value={draft.rule}
          onChange={(rule) => onChange({ rule })}
        />
        <Choice
          label="Priority"
          all={priorities}
          hint="When income does not cover all"
          value={draft.priority}
          onChange={(priority) => onChange({ priority })}
        />
      </div>
      {draft.rule !== "none" && (
        <RuleFields
          rule={draft.rule}
          draft={draft.fill}
          onChange={(part) => onChange({ fill: { ...draft.fill, ...part } })}
          problems={problems}
        />
      )}
    </>
  );
}

type GroupFieldProps = {
  value: string;
  groups: readonly string[];
  onChange: (group: string) => void;
};

function GroupField({ value, groups, onChange }: GroupFieldProps) {
  const listId = useId();
  return (
    <Field label="Group">
      {(control) => (
        <>
          <input
            {...control}
            className="input"
            list={listId}
            maxLength={60}
            placeholder="None"
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
          <datalist id={listId}>
            {groups.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </datalist>
        </>
      )}
    </Field>
  );
}

function DeleteButton({ budget, onDone }: { budget: Budget; onDone: () => void }) {
  const { isBusy, run } = useAction();
  const remove = async () => {
    const done = await run(async () => {
      await budgets.remove(budget);
      announceUndoable(`Deleted the budget of ${budget.name}`, () =>
        budgets.restore(budget.category_id),
      );
    });
    if (done) onDone();
  };
  return (
    <span className="form-aside">
      <Button kind="danger" icon="trash" disabled={isBusy} onClick={() => void remove()}>
        Delete
      </Button>
    </span>
  );
}
