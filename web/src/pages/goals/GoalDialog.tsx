import { type FormEvent, useState } from "react";
import { type GoalKind, goals } from "../../api/goals.ts";
import { useSession } from "../../app/session.ts";
import { Button } from "../../ui/Button.tsx";
import { CurrencySelect } from "../../ui/CurrencySelect.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Field, SelectField, TextField } from "../../ui/Field.tsx";
import { announce } from "../../ui/toasts.ts";
import { useAction } from "../../ui/useAction.ts";
import { AutomaticFields } from "./AutomaticFields.tsx";
import {
  changeOf,
  draftOf,
  type GoalDraft,
  newDraft,
  newGoal,
  type Problems,
  readDraft,
} from "./goalDraft.ts";
import { everyWords, kindHints, kindNames } from "./goalWords.ts";
import { useSpendingHint } from "./useSpendingHint.ts";
import type { Goal } from "../../api/types.ts";

type GoalDialogProps = {
  /** Edited; without one a goal is made. */
  goal?: Goal;
  kind?: GoalKind;
  onClose: () => void;
};

export function GoalDialog({ goal, kind = "purchase", onClose }: GoalDialogProps) {
  const { locale, household, today } = useSession();
  const [before] = useState(() =>
    goal ? draftOf(goal, locale) : newDraft(kind, household.currency, today),
  );
  const [draft, setDraft] = useState(before);
  const [problems, setProblems] = useState<Problems>({});
  const { isBusy, fields, run } = useAction();
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const reading = readDraft(draft, locale);
    if ("problems" in reading) return setProblems(reading.problems);
    setProblems({});
    const done = await run(async () => {
      const { body } = reading;
      const saved = goal
        ? await goals.update(goal, changeOf(draft, before, body))
        : await goals.create(newGoal(draft, body));
      announce(goal ? `${saved.name} is saved.` : `${saved.name} is on its way.`);
    });
    if (done) onClose();
  };
  const props: FieldsProps = {
    draft,
    onChange: (change) => setDraft({ ...draft, ...change }),
    problems: { ...fields, ...problems },
  };
  return (
    <Dialog title={goal ? "Edit goal" : "New goal"} onClose={onClose}>
      <form className="form" onSubmit={save} noValidate>
        {!goal && <KindField {...props} />}
        <TextField
          label="Name"
          value={draft.name}
          onChange={(name) => props.onChange({ name })}
          problem={props.problems["name"]}
          maxLength={120}
          required
        />
        {draft.kind === "emergency_fund" ? (
          <SpendingFields {...props} />
        ) : (
          <TargetFields {...props} isNew={!goal} />
        )}
        <DateFields {...props} />
        <AutomaticFields {...props} />
        <NoteField {...props} />
        <div className="form-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" kind="primary" isBusy={isBusy}>
            {goal ? "Save" : "Make the goal"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

export type FieldsProps = {
  draft: GoalDraft;
  onChange: (change: Partial<GoalDraft>) => void;
  problems: Problems;
};

function KindField({ draft, onChange, problems }: FieldsProps) {
  const { household } = useSession();
  const choose = (kind: GoalKind) => {
    const isNamed = draft.name !== "" && draft.name !== kindNames.emergency_fund;
    const name = kind === "emergency_fund" ? kindNames[kind] : "";
    const currency = kind === "emergency_fund" ? household.currency : draft.currency;
    onChange({ kind, currency, ...(!isNamed && { name }) });
  };
  return (
    <SelectField
      label="Kind"
      hint={kindHints[draft.kind]}
      value={draft.kind}
      onChange={(kind) => choose(kind as GoalKind)}
      problem={problems["kind"]}
    >
      {Object.entries(kindNames).map(([kind, name]) => (
        <option key={kind} value={kind}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}

function TargetFields({ draft, onChange, problems, isNew }: FieldsProps & { isNew: boolean }) {
  return (
    <div className="field-pair">
      <TextField
        label={draft.kind === "saving" ? "Target, if there is one" : "Target"}
        inputMode="decimal"
        className="input-amount"
        autoComplete="off"
        value={draft.target}
        onChange={(target) => onChange({ target })}
        problem={problems["target_amount"]}
      />
      <CurrencySelect
        value={draft.currency}
        onChange={(currency) => onChange({ currency, account: "" })}
        problem={problems["currency"]}
        isDisabled={!isNew}
      />
    </div>
  );
}

function SpendingFields({ draft, onChange, problems }: FieldsProps) {
  const hint = useSpendingHint(Number(draft.average), Number(draft.months));
  return (
    <>
      <div className="field-pair">
        <TextField
          label="Months of spending"
          type="number"
          min={1}
          max={60}
          value={draft.months}
          onChange={(months) => onChange({ months })}
          problem={problems["months_of_spending"]}
        />
        <SelectField
          label="Averaged over"
          value={draft.average}
          onChange={(average) => onChange({ average })}
          problem={problems["average_months"]}
        >
          {withCurrent(["3", "6", "12", "24"], draft.average).map((count) => (
            <option key={count} value={count}>
              the last {count} months
            </option>
          ))}
        </SelectField>
      </div>
      {hint && <p className="field-hint goal-hint">{hint}</p>}
    </>
  );
}

const repeats = ["1", "3", "6", "12", "24", "36", "60"];

/** A value that the list does not offer is offered all the same. */
function withCurrent(all: readonly string[], value: string): readonly string[] {
  return all.includes(value) ? all : [...all, value];
}

function DateFields({ draft, onChange, problems }: FieldsProps) {
  const isSinking = draft.kind === "sinking_fund";
  return (
    <>
      <div className="field-pair">
        <TextField
          label={isSinking ? "Needed next on" : "By, if there is a day"}
          type="date"
          value={draft.date}
          onChange={(date) => onChange({ date })}
          problem={problems["target_date"]}
        />
        {isSinking ? (
          <SelectField
            label="Comes again"
            value={draft.repeat}
            onChange={(repeat) => onChange({ repeat })}
            problem={problems["repeat_months"]}
          >
            {withCurrent(repeats, draft.repeat).map((months) => (
              <option key={months} value={months}>
                {everyWords(Number(months))}
              </option>
            ))}
          </SelectField>
        ) : (
          <StartField draft={draft} onChange={onChange} problems={problems} />
        )}
      </div>
      {isSinking && <StartField draft={draft} onChange={onChange} problems={problems} />}
    </>
  );
}

function StartField({ draft, onChange, problems }: FieldsProps) {
  return (
    <TextField
      label="Its path begins on"
      type="date"
      value={draft.start}
      onChange={(start) => onChange({ start })}
      problem={problems["start_date"]}
    />
  );
}

function NoteField({ draft, onChange, problems }: FieldsProps) {
  return (
    <Field label="Note" problem={problems["note"]}>
      {(control) => (
        <textarea
          {...control}
          className="input"
          rows={2}
          maxLength={2000}
          value={draft.note}
          onChange={(event) => onChange({ note: event.target.value })}
        />
      )}
    </Field>
  );
}
