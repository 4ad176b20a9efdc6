import { useState } from "react";
import { api } from "../../api/api.ts";
import { APIError } from "../../api/APIError.ts";
import { auth, type FactorProof } from "../../api/identity.ts";
import type { FactorMethod, HalfLogin } from "../../api/people.ts";
import { getPasskey, hasPasskeys } from "../../api/webauthn.ts";
import { Button } from "../../ui/Button.tsx";
import { ProblemNote } from "../../ui/Notices.tsx";
import { AuthForm, AuthFrame } from "./AuthFrame.tsx";
import { CodeField } from "./CodeField.tsx";
import { useSubmission } from "./useSubmission.ts";

type StepProps = { half: HalfLogin; onEnd: (reason: string | null) => void };

const choices: Record<FactorMethod, string> = {
  totp: "Use the code of your app",
  passkey: "Use a passkey",
  backup_code: "Use a backup code",
};

/** After the password: the second proof. Nothing is signed in before it is right. */
export function SecondFactorStep({ half, onEnd }: StepProps) {
  const possible = half.methods.filter((method) => method !== "passkey" || hasPasskeys());
  const [method, setMethod] = useState<FactorMethod>(possible[0] ?? "backup_code");
  const prove = async (proof: FactorProof) => {
    try {
      api.begin(await auth.secondFactor(half.token, proof));
    } catch (error) {
      // The attempt is over, by time or by wrong codes: only the password begins a new one.
      const isOver =
        error instanceof APIError && error.status === 401 && error.code !== "auth.invalid_code";
      if (!isOver) throw error;
      onEnd(error.message);
    }
  };
  return (
    <AuthFrame title="One more step">
      {method === "passkey" ? (
        <PasskeyProofForm token={half.token} prove={prove} />
      ) : (
        <CodeForm key={method} method={method} prove={prove} />
      )}
      <ul className="auth-choices">
        {possible
          .filter((other) => other !== method)
          .map((other) => (
            <li key={other}>
              <button type="button" className="link-button" onClick={() => setMethod(other)}>
                {choices[other]}
              </button>
            </li>
          ))}
        <li>
          <button type="button" className="link-button" onClick={() => onEnd(null)}>
            Start over
          </button>
        </li>
      </ul>
    </AuthFrame>
  );
}

type Prove = (proof: FactorProof) => Promise<void>;

function CodeForm({ method, prove }: { method: "totp" | "backup_code"; prove: Prove }) {
  const [code, setCode] = useState("");
  const { problem, isBusy, submit } = useSubmission(() =>
    prove(method === "totp" ? { code: code.replace(/\s/g, "") } : { backup_code: code.trim() }),
  );
  return (
    <AuthForm onSubmit={submit}>
      {problem && <ProblemNote>{problem}</ProblemNote>}
      <CodeField isBackup={method === "backup_code"} value={code} onChange={setCode} />
      <Button type="submit" kind="primary" isBusy={isBusy} disabled={code.trim() === ""}>
        Continue
      </Button>
    </AuthForm>
  );
}

function PasskeyProofForm({ token, prove }: { token: string; prove: Prove }) {
  const { problem, isBusy, submit } = useSubmission(async () => {
    const { challenge_id, options } = await auth.secondFactorPasskey(token);
    await prove({ passkey: { challenge_id, credential: await getPasskey(options) } });
  });
  return (
    <AuthForm onSubmit={submit}>
      {problem && <ProblemNote>{problem}</ProblemNote>}
      <p className="muted">Confirm with the passkey of this account.</p>
      <Button type="submit" kind="primary" icon="key" isBusy={isBusy}>
        Use a passkey
      </Button>
    </AuthForm>
  );
}
