import type { Dashboard } from "../../api/types.ts";
import { address } from "../../app/router.ts";
import { money } from "../../money/Money.ts";
import { AmountText } from "../../ui/AmountText.tsx";
import { Link } from "../../ui/Link.tsx";

const shown = 8;

/** Where most of the period's money went, by name. */
export function TopPayees({ dashboard }: { dashboard: Dashboard }) {
  const { from, to, currency, top_payees: payees } = dashboard;
  return (
    <section className="card" aria-labelledby="top-payees">
      <header className="card-head">
        <h2 id="top-payees">Top payees</h2>
      </header>
      <ol className="payee-list">
        {payees.slice(0, shown).map(({ payee_id: id, payee, amount, count }) => (
          <li key={id}>
            <Link to={address("/transactions", { q: payee, from, to })} className="payee-line">
              <span className="clip">{payee}</span>
              <span className="muted">{count === 1 ? "once" : `${count} times`}</span>
              <AmountText amount={money(amount, currency)} />
            </Link>
          </li>
        ))}
      </ol>
      {payees.length === 0 && <p className="muted">No payees in this period.</p>}
    </section>
  );
}
