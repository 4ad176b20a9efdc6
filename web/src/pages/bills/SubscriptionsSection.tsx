import { recurring, subscriptions } from "../../api/calendar.ts";
import { useSession } from "../../app/session.ts";
import { useResource } from "../../data/resource.ts";
import { formatDate } from "../../dates/LocalDate.ts";
import { formatMoney } from "../../money/format.ts";
import { magnitude, money } from "../../money/Money.ts";
import { AmountText } from "../../ui/AmountText.tsx";
import { Card } from "../../ui/Card.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { Link } from "../../ui/Link.tsx";
import { EmptyState, Loading, Note, ProblemNote } from "../../ui/Notices.tsx";
import type { RecurringChange, Subscription, Subscriptions } from "../../api/types.ts";

/** What comes off steadily: its cost a month and a year, and what became dearer. */
export default function SubscriptionsSection() {
  const { value: all, error } = useResource("subscriptions", subscriptions);
  if (error && !all) return <ProblemNote error={error} />;
  if (!all) return <Loading rows={8} />;
  if (all.subscriptions.length === 0) {
    return (
      <EmptyState
        icon="table"
        title="No subscriptions yet"
        actions={<Link to="/bills/found">See what was found</Link>}
      >
        <p>Whatever costs the same again and again is added up here.</p>
      </EmptyState>
    );
  }
  const active = all.subscriptions.filter(({ state }) => state === "active");
  const others = all.subscriptions.filter(({ state }) => state !== "active");
  return (
    <>
      <Costs all={all} count={active.length} />
      {all.unconverted.length > 0 && (
        <Note>
          What is in {all.unconverted.join(", ")} is left out of the sums: no rate to {all.currency}{" "}
          is known.
        </Note>
      )}
      {active.length > 0 && <Table title="Running" rows={active} />}
      {others.length > 0 && <Table title="Paused or stopped" rows={others} />}
      <Changes />
    </>
  );
}

function Costs({ all, count }: { all: Subscriptions; count: number }) {
  const { currency } = all;
  const isMixed = all.sums.length > 1;
  const figure = (name: string, amount: string | null) => (
    <div className="figure">
      <dt>{name}</dt>
      <dd className="figure-value">
        {amount === null ? "–" : <AmountText amount={magnitude(money(amount, currency))} />}
      </dd>
    </div>
  );
  return (
    <section className="card subscription-costs" aria-label="What they cost">
      <dl className="figures">
        {figure("A month", all.monthly)}
        {figure("A year", all.yearly)}
        <div className="figure">
          <dt>Running</dt>
          <dd className="figure-value">{count}</dd>
        </div>
      </dl>
      {isMixed && (
        <p className="muted subscription-sums">
          {all.sums.map((sum) => (
            <span key={sum.currency}>
              <AmountText amount={magnitude(money(sum.yearly, sum.currency))} /> a year in{" "}
              {sum.currency}
            </span>
          ))}
        </p>
      )}
    </section>
  );
}

const changesShown = 6;

function Changes() {
  const { value: all = [] } = useResource("recurring changes", recurring.changes);
  if (all.length === 0) return null;
  return (
    <Card title="Noticed" lead="Prices that changed and payments that did not come, of a year.">
      <ul className="lines">
        {all.slice(0, changesShown).map((change) => (
          <ChangeLine key={`${change.name} ${change.date} ${change.kind}`} change={change} />
        ))}
      </ul>
    </Card>
  );
}

function ChangeLine({ change }: { change: RecurringChange }) {
  const { locale } = useSession();
  const { before, after, currency, yearly_change: yearly } = change;
  const text = (amount: string) => formatMoney(magnitude(money(amount, currency)), locale);
  const isWorse = change.kind === "price_rise";
  return (
    <li className="line change-line">
      <span className={change.kind === "price_drop" ? "change-icon change-good" : "change-icon"}>
        <Icon name={change.kind === "missed" ? "warning" : isWorse ? "up" : "down"} />
      </span>
      <span className="line-main">
        <span className="line-title">{change.name}</span>
        <span className="muted">
          {formatDate(change.date, locale)}:{" "}
          {before !== null && after !== null
            ? `from ${text(before)} to ${text(after)}`
            : "did not come"}
        </span>
      </span>
      {yearly !== null && (
        <span className="list-side">
          <span className="nowrap">{text(yearly)}</span>
          <span className="muted">{isWorse ? "more" : "less"} a year</span>
        </span>
      )}
    </li>
  );
}

function Table({ title, rows }: { title: string; rows: readonly Subscription[] }) {
  return (
    <section aria-label={title}>
      <h2 className="section-title">
        {title} <span className="muted">{rows.length}</span>
      </h2>
      <div className="card table-card">
        <table className="table subscription-table">
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Next</th>
              <th scope="col" className="right">
                Each time
              </th>
              <th scope="col" className="right">
                A month
              </th>
              <th scope="col" className="right">
                A year
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.bill_id ?? row.key} row={row} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

const stateWords = { active: "", paused: "paused", stopped: "stopped" };

function Row({ row }: { row: Subscription }) {
  const { locale } = useSession();
  const { currency, next_date: next, last_date: last } = row;
  const amount = (text: string) => <AmountText amount={magnitude(money(text, currency))} />;
  const newest = row.price_changes.at(-1);
  const text = (value: string) => formatMoney(magnitude(money(value, currency)), locale);
  return (
    <tr>
      <th scope="row">
        <span className="line-title">
          {row.name}
          {row.source === "found" && (
            <Link to="/bills/found" className="badge">
              found
            </Link>
          )}
          {row.state !== "active" && <span className="badge">{stateWords[row.state]}</span>}
        </span>
        <span className="table-second muted">
          {[row.words, row.account_name].filter(Boolean).join(" · ")}
        </span>
        {newest && (
          <span className={newest.is_worse ? "table-second price-rise" : "table-second muted"}>
            {newest.is_worse ? "Dearer" : "Cheaper"} since{" "}
            {formatDate(newest.date, locale, { month: "short", year: "numeric" })}:{" "}
            {text(newest.before)} before
          </span>
        )}
      </th>
      <td>
        {next ? formatDate(next, locale) : last ? `last on ${formatDate(last, locale)}` : "–"}
      </td>
      <td className="right">{amount(row.amount)}</td>
      <td className="right">{amount(row.monthly)}</td>
      <td className="right">{amount(row.yearly)}</td>
    </tr>
  );
}
