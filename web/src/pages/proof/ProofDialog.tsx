import { useState } from "react";
import { auth, factors, type FactorProof } from "../../api/identity.ts";
import type { Factors } from "../../api/people.ts";
import { getPasskey, hasPasskeys } from "../../api/webauthn.ts";
import { useResource } from "../../data/resource.ts";
import { Dialog } from "../../ui/Dialog.tsx";
import { Form } from "../../ui/Form.tsx";
import { Loading, ProblemNote } from "../../ui/Notices.tsx";
import { CodeField } from "../auth/CodeField.tsx";
import { PresentPasswordField } from "../auth/PresentPasswordField.tsx";
import { useSubmission } from "../auth/useSubmission.ts";

type Way = "password" | "code" | "passkey";

const wayNames: Record<Way, string> = {
  password: "Use the password",
  code: "Use the code of your app",
  passkey: "Use a passkey",
};

function waysOf(known: Factors | undefined): Way[] {
  if (!known) return ["password"];
  const ways: Way[] = [];
  if (known.password) ways.push("password");
  if (known.passkeys.length > 0 && hasPasskeys()) ways.push("passkey");
  if (known.totp.enabled) ways.push("code");
  return ways;
}

type ProofDialogProps = { onAnswer: (isProven: boolean) => void };

/** Who sits here? Asked before what cannot be undone; the request behind it goes on after. */
export default function ProofDialog({ onAnswer }: ProofDialogProps) {
  const { value: known, error } = useResource("factors", factors.all);
  return (
    <Dialog title="Is it still you?" onClose={() => onAnswer(false)}>
      {known || error ? (
        <ProofForm ways={waysOf(known)} onAnswer={onAnswer} />
      ) : (
        <Loading rows={3} />
      )}
    </Dialog>
  );
}

function ProofForm({ ways, onAnswer }: ProofDialogProps & { ways: readonly Way[] }) {
  const [way, setWay] = useState<Way | null>(ways[0] ?? null);
  const [secret, setSecret] = useState("");
  const { problem, fields, isBusy, submit } = useSubmission(async () => {
    if (way) await auth.prove(await proofBy(way, secret));
    onAnswer(true);
  });
  const change = (next: Way) => {
    setSecret("");
    setWay(next);
  };
  return (
    <Form
      verb={way === "passkey" ? "Use a passkey" : "Continue"}
      onSubmit={submit}
      isBusy={isBusy}
      isReady={way !== null}
      onCancel={() => onAnswer(false)}
    >
      <p className="muted">
        What comes next is not easily undone. Your answer holds for five minutes.
      </p>
      {problem && <ProblemNote>{problem}</ProblemNote>}
      {way === null && (
        <ProblemNote>
          You have neither a password nor a passkey here. Sign out and in again, then try once more.
        </ProblemNote>
      )}
      {way === "password" && (
        <PresentPasswordField value={secret} onChange={setSecret} problem={fields["password"]} />
      )}
      {way === "code" && <CodeField value={secret} onChange={setSecret} problem={fields["code"]} />}
      <OtherWays ways={ways.filter((other) => other !== way)} onChoose={change} />
    </Form>
  );
}

async function proofBy(way: Way, secret: string): Promise<FactorProof> {
  if (way === "password") return { password: secret };
  if (way === "code") return { code: secret.replace(/\s/g, "") };
  const { challenge_id, options } = await auth.provePasskey();
  return { passkey: { challenge_id, credential: await getPasskey(options) } };
}

function OtherWays({ ways, onChoose }: { ways: readonly Way[]; onChoose: (way: Way) => void }) {
  if (ways.length === 0) return null;
  return (
    <ul className="auth-choices">
      {ways.map((way) => (
        <li key={way}>
          <button type="button" className="link-button" onClick={() => onChoose(way)}>
            {wayNames[way]}
          </button>
        </li>
      ))}
    </ul>
  );
}
