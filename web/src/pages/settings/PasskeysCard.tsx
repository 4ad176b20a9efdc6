import { useState } from "react";
import { factors as endpoint } from "../../api/identity.ts";
import type { Passkey } from "../../api/people.ts";
import { createPasskey, hasPasskeys, passkeyProblem } from "../../api/webauthn.ts";
import { useSession } from "../../app/session.ts";
import { thisDevice } from "../../data/deviceName.ts";
import { formatDate } from "../../dates/LocalDate.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { announce } from "../../ui/toasts.ts";
import { useAction } from "../../ui/useAction.ts";
import { NameDialog } from "./NameDialog.tsx";

export function PasskeysCard({ passkeys }: { passkeys: readonly Passkey[] }) {
  const { isBusy, run } = useAction();
  const add = () => run(addPasskey);
  return (
    <Card
      title="Passkeys"
      lead="Sign in with your finger, face or a security key, without a password."
      actions={
        hasPasskeys() && (
          <Button icon="key" isBusy={isBusy} onClick={add}>
            Add a passkey
          </Button>
        )
      }
    >
      {!hasPasskeys() && (
        <p className="muted">
          This browser offers none here: passkeys need an address with https and a name.
        </p>
      )}
      {passkeys.length > 0 && (
        <ul className="lines">
          {passkeys.map((passkey) => (
            <PasskeyLine key={passkey.id} passkey={passkey} />
          ))}
        </ul>
      )}
    </Card>
  );
}

/** Named after this device at first; people give it their own name afterwards. */
async function addPasskey(): Promise<void> {
  const { challenge_id, options } = await endpoint.passkeyOptions();
  let credential;
  try {
    credential = await createPasskey(options);
  } catch (error) {
    throw new Error(passkeyProblem(error) ?? String(error), { cause: error });
  }
  const added = await endpoint.addPasskey(thisDevice(), { challenge_id, credential });
  announce(`The passkey “${added.name}” is ready.`);
}

function PasskeyLine({ passkey }: { passkey: Passkey }) {
  const { locale } = useSession();
  const [isNaming, setNaming] = useState(false);
  const [isRemoving, setRemoving] = useState(false);
  const { id, name, created_at: made, used_at: used } = passkey;
  const day = (iso: string) => formatDate(iso.slice(0, 10), locale);
  return (
    <li className="line">
      <div className="line-main">
        <span className="line-title">
          {name} {passkey.is_backed_up && <span className="badge">Synced</span>}
        </span>
        <span className="muted">
          Added {day(made)} · {used ? `last used ${day(used)}` : "never used"}
        </span>
      </div>
      <IconButton icon="edit" label={`Rename ${name}`} onClick={() => setNaming(true)} />
      <IconButton icon="trash" label={`Remove ${name}`} onClick={() => setRemoving(true)} />
      {isNaming && (
        <NameDialog
          title="Name of the passkey"
          value={name}
          onClose={() => setNaming(false)}
          onSave={async (next) => void (await endpoint.renamePasskey(id, next))}
        />
      )}
      {isRemoving && (
        <ConfirmDialog
          title={`Remove ${name}?`}
          verb="Remove"
          onClose={() => setRemoving(false)}
          onConfirm={async () => {
            await endpoint.removePasskey(id);
            announce(`${name} no longer signs you in.`);
          }}
        >
          <p>It no longer signs you in. Delete it on the device as well.</p>
        </ConfirmDialog>
      )}
    </li>
  );
}
