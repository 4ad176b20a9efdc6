import { useEffect, useRef } from "react";
import { Field } from "../../ui/Field.tsx";

type CodeFieldProps = {
  isBackup?: boolean;
  value: string;
  onChange: (code: string) => void;
  problem?: string;
};

/** Six figures of an app, or one of the codes that were kept on paper. */
export function CodeField({ isBackup = false, value, onChange, problem }: CodeFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  // The only box of its step: whoever comes here comes to type into it.
  useEffect(() => input.current?.focus(), []);
  return (
    <Field
      label={isBackup ? "Backup code" : "Code of your app"}
      hint={isBackup ? "Each works once." : "Six figures, new every half minute."}
      problem={problem}
    >
      {(control) => (
        <input
          {...control}
          ref={input}
          className="input input-code"
          inputMode={isBackup ? "text" : "numeric"}
          autoComplete={isBackup ? "off" : "one-time-code"}
          autoCapitalize="none"
          spellCheck={false}
          maxLength={isBackup ? 40 : 10}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          required
        />
      )}
    </Field>
  );
}
