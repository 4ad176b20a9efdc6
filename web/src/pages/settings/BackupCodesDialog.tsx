import { Button } from "../../ui/Button.tsx";
import { copy } from "../../ui/CopyField.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { saveFile } from "../../ui/saveFile.ts";
import { useSession } from "../../app/session.ts";

type BackupCodesProps = { codes: readonly string[]; onDone: () => void };

/** Shown once: the server keeps only what it needs to recognise them. */
export function BackupCodes({ codes, onDone }: BackupCodesProps) {
  const { user } = useSession();
  const text = `Martlet backup codes of ${user.email}\nEach works once.\n\n${codes.join("\n")}\n`;
  const save = () => saveFile(new Blob([text], { type: "text/plain" }), "martlet-backup-codes.txt");
  return (
    <div className="form">
      <p>
        Without your phone, one of these lets you in. Each works once. They are shown only now: keep
        them on paper or in a safe place.
      </p>
      <div className="print-sheet">
        <p className="print-only">Martlet backup codes of {user.email}. Each works once.</p>
        <ol className="backup-codes" aria-label="Backup codes">
          {codes.map((code) => (
            <li key={code}>
              <code>{code}</code>
            </li>
          ))}
        </ol>
      </div>
      <div className="button-row">
        <Button icon="copy" onClick={() => void copy(text)}>
          Copy
        </Button>
        <Button icon="print" onClick={() => print()}>
          Print
        </Button>
        <Button icon="download" onClick={save}>
          Download
        </Button>
      </div>
      <div className="form-actions">
        <Button kind="primary" onClick={onDone}>
          I have kept them
        </Button>
      </div>
    </div>
  );
}

export function BackupCodesDialog({
  codes,
  onClose,
}: {
  codes: readonly string[];
  onClose: () => void;
}) {
  return (
    <Dialog title="New backup codes" onClose={onClose}>
      <BackupCodes codes={codes} onDone={onClose} />
    </Dialog>
  );
}
