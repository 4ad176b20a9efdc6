import { accounts as endpoint } from "../../api/endpoints.ts";
import type { Account } from "../../api/types.ts";
import { useSession } from "../../app/session.ts";
import { isOpen, kindNames } from "../../data/accountKinds.ts";
import { reordered } from "../../data/order.ts";
import { formatDate } from "../../dates/LocalDate.ts";
import { money } from "../../money/Money.ts";
import { AmountText } from "../../ui/AmountText.tsx";
import { IconButton } from "../../ui/Button.tsx";
import { Link } from "../../ui/Link.tsx";
import { useAction } from "../../ui/useAction.ts";
import { totalOf } from "./NetWorthLine.tsx";

type AccountGroupProps = {
  title: string;
  accounts: readonly Account[];
  all: readonly Account[];
};

export function AccountGroup({ title, accounts, all }: AccountGroupProps) {
  const { household } = useSession();
  const { isBusy, run } = useAction();
  if (accounts.length === 0) return null;
  const move = (index: number, by: -1 | 1) =>
    run(async () => {
      await endpoint.order(reordered(all, accounts, index, by));
    });
  return (
    <section>
      <h2 className="section-title section-total">
        <span>{title}</span>
        <AmountText amount={totalOf(accounts, household.currency)} />
      </h2>
      <ul className="card list">
        {accounts.map((account, index) => (
          <AccountLine
            key={account.id}
            account={account}
            isBusy={isBusy}
            onUp={index > 0 ? () => void move(index, -1) : undefined}
            onDown={index < accounts.length - 1 ? () => void move(index, 1) : undefined}
          />
        ))}
      </ul>
    </section>
  );
}

type AccountLineProps = {
  account: Account;
  isBusy: boolean;
  onUp?: () => void;
  onDown?: () => void;
};

function AccountLine({ account, isBusy, onUp, onDown }: AccountLineProps) {
  const { isViewer } = useSession();
  const { name, currency, household_currency: home } = account;
  const converted = account.balance_in_household_currency;
  return (
    <li className="list-line">
      <Link to={`/accounts/${account.id}`} className="list-link">
        <span className="list-main">
          <span className="list-title clip">{name}</span>
          <Details account={account} />
        </span>
        <span className="list-side">
          <AmountText amount={money(account.balance, currency)} />
          {converted && currency !== home && (
            <span className="muted">
              ≈ <AmountText amount={money(converted, home)} />
            </span>
          )}
        </span>
      </Link>
      {!isViewer && isOpen(account) && (
        <span className="order-buttons">
          <IconButton
            icon="up"
            label={`Move ${name} up`}
            disabled={isBusy || !onUp}
            onClick={onUp}
          />
          <IconButton
            icon="down"
            label={`Move ${name} down`}
            disabled={isBusy || !onDown}
            onClick={onDown}
          />
        </span>
      )}
    </li>
  );
}

function Details({ account }: { account: Account }) {
  const { locale } = useSession();
  const { kind, closed_at: closed, last_transaction_date: last } = account;
  const news = closed
    ? `closed ${formatDate(closed, locale)}`
    : last
      ? `last on ${formatDate(last, locale)}`
      : "no transactions";
  return (
    <span className="muted">
      {kindNames[kind]} · {news}
    </span>
  );
}
