import { useEffect, useRef, useState } from "react";
import { isDeclined } from "../../api/Client.ts";
import { messageOf } from "../../api/APIError.ts";
import { factors as endpoint } from "../../api/identity.ts";
import type { TotpSetup } from "../../api/people.ts";
import { dataChanged } from "../../data/resource.ts";
import { CopyField } from "../../ui/CopyField.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Form } from "../../ui/Form.tsx";
import { Loading, ProblemNote } from "../../ui/Notices.tsx";
import { CodeField } from "../auth/CodeField.tsx";
import { useSubmission } from "../auth/useSubmission.ts";
import { BackupCodes } from "./BackupCodesDialog.tsx";

type TotpDialogProps = { onClose: () => void };

/** Scan, type one code, keep the backup codes: in that order, each step only when it is its turn. */
export function TotpDialog({ onClose }: TotpDialogProps) {
  const { setup, problem } = useSetup(onClose);
  const [codes, setCodes] = useState<string[] | null>(null);
  const close = () => {
    dataChanged();
    onClose();
  };
  if (codes) {
    return (
      <Dialog title="Keep these backup codes" onClose={close}>
        <BackupCodes codes={codes} onDone={close} />
      </Dialog>
    );
  }
  return (
    <Dialog title="Code of an app" onClose={onClose}>
      {problem && <ProblemNote>{problem}</ProblemNote>}
      {setup && <Confirm setup={setup} onConfirmed={setCodes} onClose={onClose} />}
      {!setup && !problem && <Loading rows={5} />}
    </Dialog>
  );
}

/** The secret is made by the server once, when the dialog opens. */
function useSetup(onClose: () => void) {
  const [setup, setSetup] = useState<TotpSetup | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const close = useRef(onClose);
  useEffect(() => {
    endpoint.startTotp().then(setSetup, (error: unknown) => {
      if (isDeclined(error)) close.current();
      else setProblem(messageOf(error));
    });
  }, []);
  return { setup, problem };
}

/** "abcd efgh …", as it is read out and typed. */
function grouped(secret: string): string {
  return (
    secret
      .replace(/\s/g, "")
      .match(/.{1,4}/g)
      ?.join(" ") ?? secret
  );
}

type ConfirmProps = TotpDialogProps & {
  setup: TotpSetup;
  onConfirmed: (codes: string[]) => void;
};

function Confirm({ setup, onConfirmed, onClose }: ConfirmProps) {
  const [code, setCode] = useState("");
  const { problem, fields, isBusy, submit } = useSubmission(async () => {
    const answer = await endpoint.confirmTotp(code.replace(/\s/g, ""));
    onConfirmed(answer.backup_codes);
  });
  return (
    <Form
      verb="Turn on"
      onSubmit={() => submit()}
      isBusy={isBusy}
      isReady={code.trim() !== ""}
      onCancel={onClose}
    >
      <p className="muted">
        Scan this with an authenticator app, or open it on this device, then type what it shows.
      </p>
      <img
        className="qr"
        alt="For the camera of the app; the same secret stands below as text"
        src={`data:image/svg+xml,${encodeURIComponent(setup.qr_svg)}`}
      />
      <CopyField label="Or type this secret" value={grouped(setup.secret)} />
      <p>
        <a href={setup.uri}>Open in the app on this device</a>
      </p>
      {problem && <ProblemNote>{problem}</ProblemNote>}
      <CodeField value={code} onChange={setCode} problem={fields["code"]} />
    </Form>
  );
}
