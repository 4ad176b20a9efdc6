import { useState } from "react";
import { auth } from "../../api/identity.ts";
import { Button } from "../../ui/Button.tsx";
import { TextField } from "../../ui/Field.tsx";
import { Link } from "../../ui/Link.tsx";
import { Note, ProblemNote } from "../../ui/Notices.tsx";
import { AuthForm, AuthFrame } from "./AuthFrame.tsx";
import { useMethods } from "./useMethods.ts";
import { useSubmission } from "./useSubmission.ts";

export default function ForgotPage() {
  const [sentTo, setSentTo] = useState<string | null>(null);
  return (
    <AuthFrame title="Forgotten password">
      {sentTo === null ? <AskForm onSent={setSentTo} /> : <Sent address={sentTo} />}
      <p className="auth-other">
        <Link to="/sign-in">Back to sign-in</Link>
      </p>
    </AuthFrame>
  );
}

function AskForm({ onSent }: { onSent: (address: string) => void }) {
  const [email, setEmail] = useState("");
  const { problem, fields, isBusy, submit } = useSubmission(async () => {
    await auth.requestReset(email.trim());
    onSent(email.trim());
  });
  return (
    <AuthForm onSubmit={submit}>
      {problem && <ProblemNote>{problem}</ProblemNote>}
      <p className="muted">We send a link that sets a new password. It works for a short time.</p>
      <TextField
        label="Email"
        type="email"
        autoComplete="username"
        value={email}
        onChange={setEmail}
        problem={fields["email"]}
        required
      />
      <Button type="submit" kind="primary" isBusy={isBusy}>
        Send the link
      </Button>
    </AuthForm>
  );
}

/** The same words whether the address has an account or not. */
function Sent({ address }: { address: string }) {
  const methods = useMethods();
  return (
    <>
      <Note icon="mail">
        If {address} has an account here, a letter is on its way. Look into the spam folder too.
      </Note>
      {methods?.mail === false && (
        <p className="muted">
          This server sends no mail: whoever runs it finds the letter in its data folder.
        </p>
      )}
    </>
  );
}
