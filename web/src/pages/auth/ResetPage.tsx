import { useState } from "react";
import { auth } from "../../api/identity.ts";
import { arrivalToken, forgetArrival } from "../../app/arrival.ts";
import { Button } from "../../ui/Button.tsx";
import { Link } from "../../ui/Link.tsx";
import { Note, ProblemNote } from "../../ui/Notices.tsx";
import { AuthForm, AuthFrame } from "./AuthFrame.tsx";
import { NewPasswordField } from "./NewPasswordField.tsx";
import { useSubmission } from "./useSubmission.ts";

export default function ResetPage() {
  const [token] = useState(() => arrivalToken("/reset"));
  const [isDone, setDone] = useState(false);
  return (
    <AuthFrame title="New password">
      {isDone ? (
        <Note icon="check">Your password is changed. Sign in with the new one.</Note>
      ) : token ? (
        <ResetForm token={token} onDone={() => setDone(true)} />
      ) : (
        <ProblemNote>
          This page opens from the link in a letter. <Link to="/forgot">Ask for a new one</Link>
        </ProblemNote>
      )}
      <p className="auth-other">
        <Link to="/sign-in">To sign-in</Link>
      </p>
    </AuthFrame>
  );
}

function ResetForm({ token, onDone }: { token: string; onDone: () => void }) {
  const [password, setPassword] = useState("");
  const { problem, fields, isBusy, submit } = useSubmission(async () => {
    await auth.reset(token, password);
    forgetArrival();
    onDone();
  });
  return (
    <AuthForm onSubmit={submit}>
      {problem && (
        <ProblemNote>
          {problem} <Link to="/forgot">Ask for a new link</Link>
        </ProblemNote>
      )}
      <p className="muted">Every device that is signed in now will have to sign in again.</p>
      <NewPasswordField
        label="New password"
        value={password}
        onChange={setPassword}
        problem={fields["new_password"] ?? fields["password"]}
      />
      <Button type="submit" kind="primary" isBusy={isBusy}>
        Set the password
      </Button>
    </AuthForm>
  );
}
