import { useState } from "react";
import { accounts as endpoint } from "../../api/endpoints.ts";
import type { Account } from "../../api/types.ts";
import { useSession } from "../../app/session.ts";
import { isOpen } from "../../data/accountKinds.ts";
import { useAccounts } from "../../data/household.ts";
import { useResource } from "../../data/resource.ts";
import { formatDate } from "../../dates/LocalDate.ts";
import { Button } from "../../ui/Button.tsx";
import { DemoButton } from "../../ui/DemoButton.tsx";
import { Link } from "../../ui/Link.tsx";
import { EmptyState, Loading, ProblemNote } from "../../ui/Notices.tsx";
import { PageHead } from "../../ui/PageHead.tsx";
import { announce } from "../../ui/toasts.ts";
import { useAction } from "../../ui/useAction.ts";
import { AccountDialog } from "./AccountDialog.tsx";
import { AccountGroup } from "./AccountGroup.tsx";
import { NetWorthLine } from "./NetWorthLine.tsx";

export default function AccountsPage() {
  const { isViewer } = useSession();
  const { value: accounts, error } = useAccounts();
  const [isCreating, setCreating] = useState(false);
  if (error && !accounts) return <ProblemNote error={error} />;
  if (!accounts) return <Loading rows={8} />;
  return (
    <div className="page page-medium">
      <PageHead title="Accounts">
        {!isViewer && (
          <Button icon="plus" kind="primary" onClick={() => setCreating(true)}>
            New account
          </Button>
        )}
      </PageHead>
      {accounts.length === 0 ? <NoAccounts /> : <Groups accounts={accounts} />}
      <DeletedAccounts />
      {isCreating && <AccountDialog onClose={() => setCreating(false)} />}
    </div>
  );
}

function Groups({ accounts }: { accounts: readonly Account[] }) {
  const open = accounts.filter(isOpen);
  const ofClass = (name: Account["class"]) => open.filter((account) => account.class === name);
  return (
    <>
      <NetWorthLine accounts={open} />
      <AccountGroup title="What you own" accounts={ofClass("asset")} all={accounts} />
      <AccountGroup title="What you owe" accounts={ofClass("liability")} all={accounts} />
      <AccountGroup
        title="Closed"
        accounts={accounts.filter(({ closed_at }) => closed_at !== null)}
        all={accounts}
      />
    </>
  );
}

function NoAccounts() {
  return (
    <EmptyState
      icon="accounts"
      title="No accounts yet"
      actions={
        <>
          <Link to="/imports" className="button button-primary">
            <span>Import a file</span>
          </Link>
          <DemoButton />
        </>
      }
    >
      <p>Open one above, or bring in a statement and make its account on the way.</p>
    </EmptyState>
  );
}

function DeletedAccounts() {
  const { locale, isViewer } = useSession();
  const { value: all = [] } = useResource("accounts deleted", () => endpoint.all(true));
  const { isBusy, run } = useAction();
  const deleted = all.filter(({ deleted_at }) => deleted_at !== null);
  if (deleted.length === 0) return null;
  const restore = (account: Account) =>
    run(async () => {
      await endpoint.restore(account.id);
      announce(`${account.name} is back.`);
    });
  return (
    <section>
      <h2 className="section-title">Deleted</h2>
      <ul className="card list">
        {deleted.map((account) => (
          <li key={account.id} className="list-line">
            <span className="list-main">
              <span className="list-title">{account.name}</span>
              <span className="muted">
                deleted {formatDate((account.deleted_at ?? "").slice(0, 10), locale)}, can be
                restored for 30 days
              </span>
            </span>
            {!isViewer && (
              <Button icon="undo" disabled={isBusy} onClick={() => restore(account)}>
                Restore
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
