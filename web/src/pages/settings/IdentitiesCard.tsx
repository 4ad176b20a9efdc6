import { useState } from "react";
import { factors as endpoint } from "../../api/identity.ts";
import type { LinkedIdentity, Methods } from "../../api/people.ts";
import { useSession } from "../../app/session.ts";
import { formatDate } from "../../dates/LocalDate.ts";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { announce } from "../../ui/toasts.ts";
import { useAction } from "../../ui/useAction.ts";
import { leaveFor } from "../auth/ProviderButtons.tsx";

type IdentitiesCardProps = {
  identities: readonly LinkedIdentity[];
  providers: Methods["providers"];
};

/** Accounts elsewhere that open this one; nothing to show where no provider is configured. */
export function IdentitiesCard({ identities, providers }: IdentitiesCardProps) {
  const { isBusy, run } = useAction();
  const free = providers.filter(({ id }) => !identities.some(({ provider }) => provider === id));
  if (identities.length === 0 && free.length === 0) return null;
  return (
    <Card title="Accounts elsewhere" lead="Sign in here with an account that you have there.">
      {identities.length > 0 && (
        <ul className="lines">
          {identities.map((identity) => (
            <IdentityLine key={identity.id} identity={identity} providers={providers} />
          ))}
        </ul>
      )}
      {free.length > 0 && (
        <div className="button-row">
          {free.map(({ id, name }) => (
            <Button
              key={id}
              icon="link"
              isBusy={isBusy}
              onClick={() => run(() => leaveFor(id, true))}
            >
              Link {name}
            </Button>
          ))}
        </div>
      )}
    </Card>
  );
}

type IdentityLineProps = { identity: LinkedIdentity; providers: Methods["providers"] };

function IdentityLine({ identity, providers }: IdentityLineProps) {
  const { locale } = useSession();
  const [isRemoving, setRemoving] = useState(false);
  const provider = providers.find(({ id }) => id === identity.provider)?.name ?? identity.provider;
  return (
    <li className="line">
      <div className="line-main">
        <span className="line-title">{provider}</span>
        <span className="muted">
          {identity.email ?? identity.name ?? "linked"} · since{" "}
          {formatDate(identity.created_at.slice(0, 10), locale)}
        </span>
      </div>
      <Button kind="quiet" onClick={() => setRemoving(true)}>
        Unlink
      </Button>
      {isRemoving && (
        <ConfirmDialog
          title={`Unlink ${provider}?`}
          verb="Unlink"
          onClose={() => setRemoving(false)}
          onConfirm={async () => {
            await endpoint.unlink(identity.id);
            announce(`${provider} no longer signs you in.`);
          }}
        >
          <p>Your account there stays as it is; it no longer opens this one.</p>
        </ConfirmDialog>
      )}
    </li>
  );
}
