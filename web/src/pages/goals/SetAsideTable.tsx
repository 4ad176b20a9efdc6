import { isNegative, money } from "../../money/Money.ts";
import { AmountText } from "../../ui/AmountText.tsx";
import { Link } from "../../ui/Link.tsx";
import { accountsWorthTelling } from "./goalWords.ts";
import type { GoalAccount, GoalSummary } from "../../api/types.ts";

/** What the goals leave of each account. */
export function SetAsideTable({ summary }: { summary: GoalSummary }) {
  const accounts = accountsWorthTelling(summary.accounts);
  if (accounts.length === 0) return null;
  return (
    <section aria-labelledby="goals-accounts">
      <h2 className="section-title" id="goals-accounts">
        Where it lies
      </h2>
      <div className="card table-card">
        <table className="table goal-accounts">
          <thead>
            <tr>
              <th scope="col">Account</th>
              <th scope="col" className="right">
                Balance
              </th>
              <th scope="col" className="right">
                Set aside
              </th>
              <th scope="col" className="right">
                Free
              </th>
            </tr>
          </thead>
          <tbody>
            {accounts.map((account) => (
              <AccountRow key={account.account_id} account={account} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function AccountRow({ account }: { account: GoalAccount }) {
  const { account_id: id, name, currency } = account;
  const free = money(account.free, currency);
  return (
    <tr>
      <th scope="row">
        <Link to={`/accounts/${id}`}>{name}</Link>
      </th>
      <td className="right">
        <AmountText amount={money(account.balance, currency)} />
      </td>
      <td className="right">
        <AmountText amount={money(account.earmarked, currency)} />
      </td>
      <td className={isNegative(free) ? "right goal-minus" : "right"}>
        <AmountText amount={free} />
      </td>
    </tr>
  );
}
