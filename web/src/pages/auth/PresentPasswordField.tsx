import { useSession } from "../../app/session.ts";
import { TextField } from "../../ui/Field.tsx";

type PresentPasswordFieldProps = {
  label?: string;
  value: string;
  onChange: (password: string) => void;
  problem?: string;
};

/** The address stands beside it, unseen, so that a password manager finds the right entry. */
export function PresentPasswordField(props: PresentPasswordFieldProps) {
  const { user } = useSession();
  return (
    <>
      <input
        className="visually-hidden"
        type="email"
        autoComplete="username"
        aria-hidden="true"
        tabIndex={-1}
        value={user.email}
        readOnly
      />
      <TextField
        label="Password"
        type="password"
        autoComplete="current-password"
        required
        {...props}
      />
    </>
  );
}
