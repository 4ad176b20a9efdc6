import { type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes, useId } from "react";

type FieldFrame = { label: string; hint?: ReactNode; problem?: string; isLabelHidden?: boolean };

type Described = { id: string; "aria-describedby"?: string; "aria-invalid"?: boolean };

/** Label above, control, then the hint or what is wrong, tied together for screen readers. */
export function Field({
  label,
  hint,
  problem,
  isLabelHidden,
  children,
}: FieldFrame & { children: (control: Described) => ReactNode }) {
  const id = useId();
  const note = problem ?? hint;
  const noteId = `${id}-note`;
  return (
    <div className={problem ? "field field-wrong" : "field"}>
      <label htmlFor={id} className={isLabelHidden ? "visually-hidden" : "field-label"}>
        {label}
      </label>
      {children({
        id,
        "aria-describedby": note ? noteId : undefined,
        "aria-invalid": problem ? true : undefined,
      })}
      {note && (
        <p id={noteId} className={problem ? "field-problem" : "field-hint"}>
          {note}
        </p>
      )}
    </div>
  );
}

type TextFieldProps = FieldFrame &
  Omit<InputHTMLAttributes<HTMLInputElement>, "onChange" | "value"> & {
    value: string;
    onChange: (value: string) => void;
  };

export function TextField({ label, hint, problem, isLabelHidden, ...rest }: TextFieldProps) {
  const { onChange, className, ...input } = rest;
  return (
    <Field label={label} hint={hint} problem={problem} isLabelHidden={isLabelHidden}>
      {(control) => (
        <input
          {...input}
          {...control}
          className={`input ${className ?? ""}`}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

type SelectFieldProps = FieldFrame &
  Omit<SelectHTMLAttributes<HTMLSelectElement>, "onChange" | "value"> & {
    value: string;
    onChange: (value: string) => void;
  };

export function SelectField({ label, hint, problem, isLabelHidden, ...rest }: SelectFieldProps) {
  const { onChange, children, ...select } = rest;
  return (
    <Field label={label} hint={hint} problem={problem} isLabelHidden={isLabelHidden}>
      {(control) => (
        <select
          {...select}
          {...control}
          className="input"
          onChange={(event) => onChange(event.target.value)}
        >
          {children}
        </select>
      )}
    </Field>
  );
}
