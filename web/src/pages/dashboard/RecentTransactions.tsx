import { transactions } from "../../api/endpoints.ts";
import type { Transaction } from "../../api/types.ts";
import { address } from "../../app/router.ts";
import { useSession } from "../../app/session.ts";
import { useResource } from "../../data/resource.ts";
import { type DateRange, formatDate } from "../../dates/LocalDate.ts";
import { money } from "../../money/Money.ts";
import { AmountText } from "../../ui/AmountText.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { Link } from "../../ui/Link.tsx";
import { Loading, ProblemNote } from "../../ui/Notices.tsx";
import { categoryLabel, payeeLabel } from "../register/labels.ts";

/** The period's newest transactions, and the way to all of them. */
export function RecentTransactions({ range }: { range: DateRange }) {
  const query = { ...range, limit: 8 };
  const { value, error } = useResource(`recent ${JSON.stringify(query)}`, () =>
    transactions.list(query),
  );
  return (
    <section className="card" aria-labelledby="recent">
      <header className="card-head">
        <h2 id="recent">Latest in this period</h2>
        <Link to={address("/transactions", range)}>
          All {value ? value.pagination.total : ""} transactions
        </Link>
      </header>
      {error && !value ? <ProblemNote error={error} /> : null}
      {!value && !error ? <Loading rows={8} /> : null}
      {value && (
        <table className="table recent-table">
          <thead className="visually-hidden">
            <tr>
              <th scope="col">Date</th>
              <th scope="col">Payee</th>
              <th scope="col">Category</th>
              <th scope="col">Account</th>
              <th scope="col">Amount</th>
            </tr>
          </thead>
          <tbody>
            {value.data.map((transaction) => (
              <RecentLine key={transaction.id} transaction={transaction} />
            ))}
          </tbody>
        </table>
      )}
      {value?.data.length === 0 && <p className="muted">No transactions in this period.</p>}
    </section>
  );
}

function RecentLine({ transaction }: { transaction: Transaction }) {
  const { locale } = useSession();
  const { date, type, signed_amount: amount, currency, account_name: account } = transaction;
  return (
    <tr>
      <td className="nowrap muted">
        {formatDate(date, locale, { day: "numeric", month: "short" })}
      </td>
      <td className="recent-payee">
        {type === "transfer" && <Icon name="transfer" size={13} />} {payeeLabel(transaction)}
      </td>
      <td className="muted recent-category">{categoryLabel(transaction)}</td>
      <td className="muted recent-account">{account}</td>
      <td className="right">
        <AmountText amount={money(amount, currency)} isTinted={type === "income"} />
      </td>
    </tr>
  );
}
