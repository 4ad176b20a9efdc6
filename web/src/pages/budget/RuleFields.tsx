import { SelectField, TextField } from "../../ui/Field.tsx";
import {
  capitalised,
  needs,
  type RuleDraft,
  type RuleName,
  type RuleProblems,
  weekdays,
} from "./fillRules.ts";

type RuleFieldsProps = {
  rule: RuleName;
  draft: RuleDraft;
  onChange: (part: Partial<RuleDraft>) => void;
  problems: RuleProblems;
};

/** What a way of filling needs to know. */
export function RuleFields(props: RuleFieldsProps) {
  const { rule, draft, onChange, problems } = props;
  const wanted = needs[rule];
  if (wanted.length === 0) return null;
  return (
    <div className={wanted.length > 1 ? "field-pair" : "budget-one-field"}>
      {wanted.includes("amount") && (
        <TextField
          label={rule === "by_date" || rule === "refill" ? "In all" : "Amount"}
          value={draft.amount}
          onChange={(amount) => onChange({ amount })}
          problem={problems.amount}
          inputMode="decimal"
          className="input-amount"
          autoComplete="off"
        />
      )}
      {wanted.includes("weekday") && (
        <SelectField
          label="For each"
          value={draft.weekday}
          onChange={(weekday) => onChange({ weekday })}
        >
          {weekdays.map((day) => (
            <option key={day} value={day}>
              {capitalised(day)}
            </option>
          ))}
        </SelectField>
      )}
      {wanted.includes("date") && (
        <TextField
          label="By"
          type="date"
          value={draft.date}
          onChange={(date) => onChange({ date })}
          problem={problems.date}
        />
      )}
      {wanted.includes("percent") && <PercentField {...props} />}
      {wanted.includes("periods") && <PeriodsField {...props} />}
    </div>
  );
}

function PercentField({ draft, onChange, problems }: RuleFieldsProps) {
  return (
    <TextField
      label="Percent of the income"
      value={draft.percent}
      onChange={(percent) => onChange({ percent })}
      problem={problems.percent}
      inputMode="decimal"
      className="input-amount"
      autoComplete="off"
    />
  );
}

function PeriodsField({ draft, onChange, problems }: RuleFieldsProps) {
  return (
    <TextField
      label="How many periods back"
      type="number"
      min={1}
      max={24}
      value={draft.periods}
      onChange={(periods) => onChange({ periods })}
      problem={problems.periods}
    />
  );
}
