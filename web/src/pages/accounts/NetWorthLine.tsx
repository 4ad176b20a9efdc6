import type { Account } from "../../api/types.ts";
import { useSession } from "../../app/session.ts";
import { add, type Money, money, sum } from "../../money/Money.ts";
import { AmountText } from "../../ui/AmountText.tsx";

/** The household's currency only: an account whose rate is unknown is named, not guessed. */
export function totalOf(accounts: readonly Account[], currency: string): Money {
  return sum(
    accounts.flatMap(({ balance_in_household_currency: balance }) =>
      balance === null ? [] : [money(balance, currency)],
    ),
    currency,
  );
}

export function NetWorthLine({ accounts }: { accounts: readonly Account[] }) {
  const { household } = useSession();
  const { currency } = household;
  const own = totalOf(
    accounts.filter((account) => account.class === "asset"),
    currency,
  );
  const owed = totalOf(
    accounts.filter((account) => account.class === "liability"),
    currency,
  );
  const unknown = accounts.filter((account) => account.balance_in_household_currency === null);
  const left = [...new Set(unknown.map((account) => account.currency))];
  return (
    <dl className="figures card">
      <div className="figure">
        <dt>Net worth</dt>
        <dd className="figure-value">
          <AmountText amount={add(own, owed)} />
        </dd>
        {left.length > 0 && <dd className="figure-note">without {left.join(", ")}</dd>}
      </div>
      <div className="figure">
        <dt>You own</dt>
        <dd className="figure-value">
          <AmountText amount={own} />
        </dd>
      </div>
      <div className="figure">
        <dt>You owe</dt>
        <dd className="figure-value">
          <AmountText amount={owed} />
        </dd>
      </div>
    </dl>
  );
}
