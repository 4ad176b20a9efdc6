import { useCallback, useState } from "react";
import { api } from "../../api/api.ts";
import { auth } from "../../api/identity.ts";
import { type HalfLogin, isSession, type Methods, type SignInAnswer } from "../../api/people.ts";
import { getPasskey, hasPasskeys } from "../../api/webauthn.ts";
import { Button } from "../../ui/Button.tsx";
import { TextField } from "../../ui/Field.tsx";
import { Link } from "../../ui/Link.tsx";
import { Loading, ProblemNote } from "../../ui/Notices.tsx";
import { AuthForm, AuthFrame } from "./AuthFrame.tsx";
import { PendingInvitation } from "./PendingInvitation.tsx";
import { ProviderButtons } from "./ProviderButtons.tsx";
import { SecondFactorStep } from "./SecondFactorStep.tsx";
import { useMethods } from "./useMethods.ts";
import { useSubmission } from "./useSubmission.ts";
import { useSuggestedPasskey } from "./useSuggestedPasskey.ts";

export default function SignInPage() {
  const [half, setHalf] = useState<HalfLogin | null>(null);
  const [ended, setEnded] = useState<string | null>(null);
  const methods = useMethods();
  const onAnswer = useCallback((answer: SignInAnswer) => {
    setEnded(null);
    if (isSession(answer)) api.begin(answer);
    else setHalf(answer);
  }, []);
  if (half) {
    const startOver = (reason: string | null) => {
      setHalf(null);
      setEnded(reason);
    };
    return <SecondFactorStep half={half} onEnd={startOver} />;
  }
  return (
    <AuthFrame title="Sign in">
      {ended && <ProblemNote>{ended}</ProblemNote>}
      <PendingInvitation />
      {methods ? <Doors methods={methods} onAnswer={onAnswer} /> : <Loading rows={4} />}
    </AuthFrame>
  );
}

type DoorProps = { methods: Methods; onAnswer: (answer: SignInAnswer) => void };

function Doors({ methods, onAnswer }: DoorProps) {
  const stopSuggesting = useSuggestedPasskey(methods.passkeys, onAnswer);
  const canUsePasskey = methods.passkeys && hasPasskeys();
  const hasOthers = canUsePasskey || methods.providers.length > 0;
  return (
    <>
      {methods.password && <PasswordDoor methods={methods} onAnswer={onAnswer} />}
      {methods.password && hasOthers && (
        <div className="auth-or" aria-hidden="true">
          or
        </div>
      )}
      {canUsePasskey && <PasskeyDoor onStart={stopSuggesting} onAnswer={onAnswer} />}
      <ProviderButtons providers={methods.providers} />
      {methods.registration === "open" && (
        <p className="auth-other">
          New here? <Link to="/sign-up">Create your books</Link>
        </p>
      )}
    </>
  );
}

function PasswordDoor({ methods, onAnswer }: DoorProps) {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const { problem, fields, isBusy, submit } = useSubmission(async () =>
    onAnswer(await auth.login(email.trim(), password)),
  );
  return (
    <AuthForm onSubmit={submit}>
      {problem && <ProblemNote>{problem}</ProblemNote>}
      <TextField
        label="Email"
        type="email"
        autoComplete={methods.passkeys ? "username webauthn" : "username"}
        value={email}
        onChange={setEmail}
        problem={fields["email"]}
        required
      />
      <TextField
        label="Password"
        type="password"
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
        problem={fields["password"]}
        required
      />
      <Button type="submit" kind="primary" isBusy={isBusy}>
        Sign in
      </Button>
      <p className="auth-other">
        <Link to="/forgot">Forgotten your password?</Link>
      </p>
    </AuthForm>
  );
}

type PasskeyDoorProps = { onStart: () => void; onAnswer: DoorProps["onAnswer"] };

function PasskeyDoor({ onStart, onAnswer }: PasskeyDoorProps) {
  const { problem, isBusy, submit } = useSubmission(async () => {
    onStart();
    const { challenge_id, options } = await auth.passkeyOptions();
    const credential = await getPasskey(options);
    onAnswer(await auth.passkey({ challenge_id, credential }));
  });
  return (
    <>
      {problem && <ProblemNote>{problem}</ProblemNote>}
      <Button icon="key" isBusy={isBusy} onClick={() => void submit()}>
        Sign in with a passkey
      </Button>
    </>
  );
}
