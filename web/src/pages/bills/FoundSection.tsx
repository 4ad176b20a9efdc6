import { lazy, type ReactNode, Suspense, useState } from "react";
import { bills } from "../../api/bills.ts";
import { recurring } from "../../api/calendar.ts";
import { useSession } from "../../app/session.ts";
import { useResource } from "../../data/resource.ts";
import { formatDate } from "../../dates/LocalDate.ts";
import { formatMoney } from "../../money/format.ts";
import { magnitude, money } from "../../money/Money.ts";
import { AmountText } from "../../ui/AmountText.tsx";
import { Button, IconButton } from "../../ui/Button.tsx";
import { counted } from "../../ui/counted.ts";
import { EmptyState, Loading, ProblemNote } from "../../ui/Notices.tsx";
import { announceUndoable } from "../../app/undo.ts";
import { useAction } from "../../ui/useAction.ts";
import { confidenceWords } from "./foundWords.ts";
import { useFound, useFoundActions } from "./useFound.ts";
import type { Bill, Recurring } from "../../api/types.ts";

const BillDialog = lazy(() => import("./BillDialog.tsx"));

/** What comes again and again in the history, to be taken or left. */
export default function FoundSection() {
  const { value: found, error } = useFound();
  const [editing, setEditing] = useState<Bill | null>(null);
  if (error && !found) return <ProblemNote error={error} />;
  if (!found) return <Loading label="Searching the history" rows={8} />;
  return (
    <>
      <p className="muted">
        Found in the bookings of the last two years. What you take is expected from now on, and
        matched when it comes.
      </p>
      {found.length === 0 ? (
        <EmptyState icon="search" title="Nothing new was found">
          <p>
            Payments that come at least three times with a steady rhythm are proposed here. More
            history finds more: import older statements.
          </p>
        </EmptyState>
      ) : (
        <ul className="card list">
          {found.map((one) => (
            <FoundLine key={one.key} found={one} onEdit={setEditing} />
          ))}
        </ul>
      )}
      <Dismissed />
      {editing && (
        <Suspense fallback={null}>
          <BillDialog bill={editing} onClose={() => setEditing(null)} />
        </Suspense>
      )}
    </>
  );
}

type FoundLineProps = { found: Recurring; onEdit: (bill: Bill) => void };

function FoundLine({ found, onEdit }: FoundLineProps) {
  const { isViewer } = useSession();
  const [isOpen, setOpen] = useState(false);
  const id = `found-${found.key}`;
  return (
    <li className="found">
      <div className="found-row">
        <Surety percent={found.confidence} />
        <span className="line-main found-main">
          <span className="line-title">{found.payee}</span>
          <FoundFacts found={found} />
        </span>
        <FoundAmount found={found} />
        {!isViewer && <FoundTools found={found} />}
        <IconButton
          icon={isOpen ? "up" : "down"}
          label={`${found.payee}, the payments`}
          aria-expanded={isOpen}
          aria-controls={isOpen ? id : undefined}
          onClick={() => setOpen(!isOpen)}
        />
      </div>
      {isOpen && (
        <LastPayments id={id} found={found}>
          {!isViewer && <AcceptAndEdit found={found} onEdit={onEdit} />}
        </LastPayments>
      )}
    </li>
  );
}

function FoundTools({ found }: { found: Recurring }) {
  const { isBusy, accept, dismiss } = useFoundActions();
  return (
    <span className="found-tools">
      <Button
        disabled={isBusy}
        aria-label={`Accept ${found.payee}`}
        onClick={() => void accept([found])}
      >
        Accept
      </Button>
      <Button
        kind="quiet"
        disabled={isBusy}
        aria-label={`Dismiss ${found.payee}`}
        onClick={() => void dismiss(found)}
      >
        Dismiss
      </Button>
    </span>
  );
}

function AcceptAndEdit({ found, onEdit }: FoundLineProps) {
  const { isBusy, run } = useAction();
  const change = () =>
    run(async () => {
      const bill = await recurring.accept(found.key);
      announceUndoable(`${bill.name} is a bill`, () => bills.remove(bill));
      onEdit(bill);
    });
  return (
    <div className="button-row">
      <Button icon="edit" isBusy={isBusy} onClick={() => void change()}>
        Accept and edit
      </Button>
    </div>
  );
}

/** How sure it is: a bar, and the words for whoever cannot see it. */
function Surety({ percent }: { percent: number }) {
  return (
    <span className="surety">
      <meter
        className="surety-bar"
        min={0}
        max={100}
        low={60}
        high={80}
        optimum={100}
        value={percent}
        aria-label="Confidence"
        title={`${percent} % sure`}
      />
      <span className="muted">{confidenceWords(percent)}</span>
    </span>
  );
}

function FoundFacts({ found }: { found: Recurring }) {
  const { locale } = useSession();
  const { words, next_date: next } = found;
  return (
    <span className="muted">{next ? `${words} · next on ${formatDate(next, locale)}` : words}</span>
  );
}

function FoundAmount({ found }: { found: Recurring }) {
  const { locale } = useSession();
  const { amount, currency, yearly_amount: yearly } = found;
  const text = (value: string) => formatMoney(magnitude(money(value, currency)), locale);
  // By value −60 is below −40; people name the smaller sum first.
  const [less, more] =
    found.direction === "income"
      ? [found.amount_low, found.amount_high]
      : [found.amount_high, found.amount_low];
  return (
    <span className="list-side">
      <AmountText
        amount={money(amount, currency)}
        sign={found.direction === "income" ? "always" : "auto"}
        isTinted
      />
      <span className="muted nowrap">
        {less === more ? `${text(yearly)} a year` : `${text(less)} to ${text(more)}`}
      </span>
    </span>
  );
}

type LastPaymentsProps = { id: string; found: Recurring; children: ReactNode };

function LastPayments({ id, found, children }: LastPaymentsProps) {
  const { locale } = useSession();
  const text = (value: string) => formatMoney(magnitude(money(value, found.currency)), locale);
  return (
    <div id={id} className="bill-detail">
      <p className="muted">
        {counted(found.count, "payment", locale)} on {found.account_name} since{" "}
        {formatDate(found.first_date, locale)}, the last of them:
      </p>
      <ul className="bill-payments">
        {found.payments.map(({ transaction_id: payment, date, amount }) => (
          <li key={payment}>
            <span className="bill-payment-text">{formatDate(date, locale)}</span>
            <AmountText amount={money(amount, found.currency)} />
          </li>
        ))}
      </ul>
      {found.price_changes.length > 0 && (
        <ul className="found-notes">
          {found.price_changes.map((change) => (
            <li key={change.date}>
              {formatDate(change.date, locale)}: from {text(change.before)} to {text(change.after)}
            </li>
          ))}
        </ul>
      )}
      {found.missed_dates.length > 0 && (
        <p className="muted">
          Did not come on {found.missed_dates.map((date) => formatDate(date, locale)).join(", ")}.
        </p>
      )}
      {children}
    </div>
  );
}

function Dismissed() {
  const { isViewer } = useSession();
  const [isOpen, setOpen] = useState(false);
  const { value: all = [] } = useResource("recurring dismissed", () => recurring.all("dismissed"));
  const { isBusy, restore } = useFoundActions();
  if (all.length === 0) return null;
  return (
    <section className="stack" aria-label="Dismissed">
      <p>
        <Button kind="quiet" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? "Hide" : "Show"} what was dismissed ({all.length})
        </Button>
      </p>
      {isOpen && (
        <ul className="card list">
          {all.map((one) => (
            <li key={one.key} className="line">
              <span className="line-main">
                <span className="line-title">{one.payee}</span>
                <span className="muted">
                  {one.words} · {one.account_name}
                </span>
              </span>
              <FoundAmount found={one} />
              {!isViewer && (
                <Button
                  disabled={isBusy}
                  aria-label={`Restore ${one.payee}`}
                  onClick={() => void restore(one)}
                >
                  Restore
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
