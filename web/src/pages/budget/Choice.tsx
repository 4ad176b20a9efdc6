import type { ReactNode } from "react";
import { SelectField } from "../../ui/Field.tsx";

type ChoiceProps<Value extends string> = {
  label: string;
  all: Record<Value, string>;
  value: Value;
  hint?: ReactNode;
  problem?: string;
  onChange: (value: Value) => void;
};

/** One of a few values, each with the words for it. */
export function Choice<Value extends string>(props: ChoiceProps<Value>) {
  const { label, all, value, hint, problem, onChange } = props;
  return (
    <SelectField
      label={label}
      value={value}
      hint={hint}
      problem={problem}
      onChange={(next) => onChange(next as Value)}
    >
      {Object.entries<string>(all).map(([key, text]) => (
        <option key={key} value={key}>
          {text}
        </option>
      ))}
    </SelectField>
  );
}
