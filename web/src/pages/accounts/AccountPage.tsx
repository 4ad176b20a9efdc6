import { useState } from "react";
import { accounts as endpoint } from "../../api/endpoints.ts";
import type { Account } from "../../api/types.ts";
import { address, navigate } from "../../app/router.ts";
import { useSession } from "../../app/session.ts";
import { announceUndoable } from "../../app/undo.ts";
import { kindNames } from "../../data/accountKinds.ts";
import { useAccounts } from "../../data/household.ts";
import { formatDate } from "../../dates/LocalDate.ts";
import { money } from "../../money/Money.ts";
import { AmountText } from "../../ui/AmountText.tsx";
import { Button } from "../../ui/Button.tsx";
import { counted } from "../../ui/counted.ts";
import { Link } from "../../ui/Link.tsx";
import { EmptyState, Loading, ProblemNote } from "../../ui/Notices.tsx";
import { PageHead } from "../../ui/PageHead.tsx";
import { useAction } from "../../ui/useAction.ts";
import { AccountDialog } from "./AccountDialog.tsx";
import { BalanceChart } from "./BalanceChart.tsx";

export default function AccountPage({ id }: { id: string }) {
  const { locale } = useSession();
  const { value: accounts, error } = useAccounts();
  if (error && !accounts) return <ProblemNote error={error} />;
  if (!accounts) return <Loading rows={6} />;
  const account = accounts.find((candidate) => candidate.id === id);
  if (!account) {
    return (
      <EmptyState
        icon="accounts"
        title="There is no such account"
        actions={<Link to="/accounts">All accounts</Link>}
      />
    );
  }
  return (
    <div className="page page-medium">
      <PageHead title={account.name} lead={<Link to="/accounts">All accounts</Link>}>
        <AccountActions account={account} />
      </PageHead>
      <AccountFacts account={account} />
      <BalanceChart account={account} />
      <p>
        <Link
          to={address("/transactions", { account_id: account.id })}
          className="button button-plain"
        >
          <span>View its {counted(account.transaction_count, "transaction", locale)}</span>
        </Link>
      </p>
    </div>
  );
}

function AccountFacts({ account }: { account: Account }) {
  const { locale } = useSession();
  const { currency, minimum_balance: minimum, opening_date: opened, closed_at: closed } = account;
  return (
    <dl className="facts card">
      <div className="fact">
        <dt>Balance</dt>
        <dd>
          <AmountText amount={money(account.balance, currency)} />
        </dd>
      </div>
      <div className="fact">
        <dt>Kind</dt>
        <dd>{kindNames[account.kind]}</dd>
      </div>
      <div className="fact">
        <dt>Opened with</dt>
        <dd>
          <AmountText amount={money(account.opening_balance, currency)} />
          {opened && ` on ${formatDate(opened, locale)}`}
        </dd>
      </div>
      {minimum !== null && (
        <div className="fact">
          <dt>Never below</dt>
          <dd>
            <AmountText amount={money(minimum, currency)} />
          </dd>
        </div>
      )}
      {closed && (
        <div className="fact">
          <dt>Closed</dt>
          <dd>{formatDate(closed, locale)}</dd>
        </div>
      )}
    </dl>
  );
}

function AccountActions({ account }: { account: Account }) {
  const { today, isViewer } = useSession();
  const [isEditing, setEditing] = useState(false);
  const { isBusy, run } = useAction();
  if (isViewer) return null;
  const isClosed = account.closed_at !== null;
  const toggle = () =>
    run(async () => {
      const change = { closed_at: isClosed ? null : today };
      const after = await endpoint.update(account, change);
      announceUndoable(`${isClosed ? "Opened" : "Closed"} ${account.name}`, () =>
        endpoint.update(after, { closed_at: account.closed_at }),
      );
    });
  const remove = async () => {
    const done = await run(async () => {
      await endpoint.remove(account);
      announceUndoable(`Deleted ${account.name}`, () => endpoint.restore(account.id));
    });
    if (done) navigate("/accounts");
  };
  return (
    <>
      <Button icon="edit" onClick={() => setEditing(true)}>
        Edit
      </Button>
      <Button icon="archive" isBusy={isBusy} onClick={toggle}>
        {isClosed ? "Open again" : "Close"}
      </Button>
      <Button icon="trash" kind="danger" disabled={isBusy} onClick={remove}>
        Delete
      </Button>
      {isEditing && <AccountDialog account={account} onClose={() => setEditing(false)} />}
    </>
  );
}
