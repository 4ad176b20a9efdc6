import { useState } from "react";
import { tokens as endpoint } from "../../api/identity.ts";
import type { PersonalToken } from "../../api/people.ts";
import { useSession } from "../../app/session.ts";
import { useResource } from "../../data/resource.ts";
import { formatDate } from "../../dates/LocalDate.ts";
import { fromNow } from "../../dates/instant.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { ProblemNote } from "../../ui/Notices.tsx";
import { announce } from "../../ui/toasts.ts";
import { scopeWords } from "./scopes.ts";
import { TokenDialog } from "./TokenDialog.tsx";

export function TokensCard() {
  const { value: tokens, error } = useResource("tokens", endpoint.all);
  const [isAdding, setAdding] = useState(false);
  return (
    <Card
      title="Access tokens"
      lead="For programs of yours that read or write your books. Each may do only what you tick."
      actions={
        <Button icon="plus" onClick={() => setAdding(true)}>
          New token
        </Button>
      }
    >
      {error && !tokens ? <ProblemNote error={error} /> : null}
      {tokens && tokens.length > 0 && (
        <ul className="lines">
          {tokens.map((token) => (
            <TokenLine key={token.id} token={token} />
          ))}
        </ul>
      )}
      {isAdding && <TokenDialog onClose={() => setAdding(false)} />}
    </Card>
  );
}

function TokenLine({ token }: { token: PersonalToken }) {
  const { locale } = useSession();
  const [isRemoving, setRemoving] = useState(false);
  const { id, name, prefix, scopes, expires_at: expires, used_at: used } = token;
  return (
    <li className="line">
      <div className="line-main">
        <span className="line-title">
          {name} <code className="muted">{prefix}…</code>
        </span>
        <span>{scopeWords(scopes)}</span>
        <span className="muted">
          {used ? `Last used ${fromNow(used, locale)}` : "Never used"} ·{" "}
          {expires ? `ends ${formatDate(expires.slice(0, 10), locale)}` : "has no end"}
        </span>
      </div>
      <IconButton icon="trash" label={`Remove ${name}`} onClick={() => setRemoving(true)} />
      {isRemoving && (
        <ConfirmDialog
          title={`Remove ${name}?`}
          verb="Remove"
          onClose={() => setRemoving(false)}
          onConfirm={async () => {
            await endpoint.remove(id);
            announce(`${name} is void.`);
          }}
        >
          <p>Programs that use it are refused at once.</p>
        </ConfirmDialog>
      )}
    </li>
  );
}
