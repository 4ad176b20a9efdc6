import { useState } from "react";
import { factors as endpoint } from "../../api/identity.ts";
import type { Factors } from "../../api/people.ts";
import { useSession } from "../../app/session.ts";
import { formatDate } from "../../dates/LocalDate.ts";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { announce } from "../../ui/toasts.ts";
import { useAction } from "../../ui/useAction.ts";
import { BackupCodesDialog } from "./BackupCodesDialog.tsx";
import { TotpDialog } from "./TotpDialog.tsx";

const fewCodes = 3;

export function TwoStepCard({ factors }: { factors: Factors }) {
  const { locale } = useSession();
  const [isSettingUp, setSettingUp] = useState(false);
  const { enabled, confirmed_at: since } = factors.totp;
  return (
    <Card
      title="Code of an app"
      lead="After the password, signing in asks for six figures that an app on your phone shows."
      actions={
        enabled ? (
          <span className="badge badge-committed">
            On{since && ` since ${formatDate(since.slice(0, 10), locale)}`}
          </span>
        ) : (
          <Button icon="shield" onClick={() => setSettingUp(true)}>
            Set up
          </Button>
        )
      }
    >
      {enabled && <TotpActions codesLeft={factors.backup_codes_left} />}
      {isSettingUp && <TotpDialog onClose={() => setSettingUp(false)} />}
    </Card>
  );
}

function TotpActions({ codesLeft }: { codesLeft: number }) {
  const [isRemoving, setRemoving] = useState(false);
  const [codes, setCodes] = useState<string[] | null>(null);
  const { isBusy, run } = useAction();
  const renew = () =>
    run(async () => {
      setCodes((await endpoint.newBackupCodes()).backup_codes);
    });
  return (
    <div className="setting">
      <span className={codesLeft <= fewCodes ? "field-problem" : "muted"}>
        {codesLeft} of 10 backup codes left
      </span>
      <div className="button-row">
        <Button isBusy={isBusy} onClick={renew}>
          New backup codes
        </Button>
        <Button kind="danger" onClick={() => setRemoving(true)}>
          Turn off
        </Button>
      </div>
      {isRemoving && (
        <ConfirmDialog
          title="Turn off the app's code?"
          verb="Turn off"
          onClose={() => setRemoving(false)}
          onConfirm={async () => {
            await endpoint.removeTotp();
            announce("Signing in no longer asks for the app's code.");
          }}
        >
          <p>
            Then whoever knows your password can sign in. Your backup codes are void too; delete the
            entry in the app yourself.
          </p>
        </ConfirmDialog>
      )}
      {codes && <BackupCodesDialog codes={codes} onClose={() => setCodes(null)} />}
    </div>
  );
}
