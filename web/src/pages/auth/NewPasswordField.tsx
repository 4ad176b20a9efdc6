import { useState } from "react";
import { TextField } from "../../ui/Field.tsx";

const shortestPassword = 12;

type NewPasswordFieldProps = {
  label?: string;
  value: string;
  onChange: (password: string) => void;
  problem?: string;
};

/** One box that can be read, instead of two that cannot. */
export function NewPasswordField(props: NewPasswordFieldProps) {
  const { label = "Password", value, onChange, problem } = props;
  const [isShown, setShown] = useState(false);
  return (
    <div className="new-password">
      <TextField
        label={label}
        type={isShown ? "text" : "password"}
        autoComplete="new-password"
        autoCapitalize="none"
        spellCheck={false}
        value={value}
        onChange={onChange}
        problem={problem}
        hint={`${shortestPassword} characters or more. A few words you can remember do well.`}
        minLength={shortestPassword}
        required
      />
      <label className="check-label">
        <input
          type="checkbox"
          checked={isShown}
          onChange={(event) => setShown(event.target.checked)}
        />
        <span>Show what I type</span>
      </label>
    </div>
  );
}
