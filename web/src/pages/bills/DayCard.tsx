import { lazy, Suspense, useState } from "react";
import { occurrences } from "../../api/bills.ts";
import { transactions } from "../../api/endpoints.ts";
import type { Bill, BillOccurrence, CalendarMonth, Transaction } from "../../api/types.ts";
import { address } from "../../app/router.ts";
import { useSession } from "../../app/session.ts";
import { useBills } from "../../data/bills.ts";
import { useResource } from "../../data/resource.ts";
import { addDays, formatDate, type LocalDate } from "../../dates/LocalDate.ts";
import { money } from "../../money/Money.ts";
import { AmountText } from "../../ui/AmountText.tsx";
import { Link } from "../../ui/Link.tsx";
import { Loading, ProblemNote } from "../../ui/Notices.tsx";
import { balanceOn, isShort } from "./calendarDays.ts";
import { OccurrenceDialogs, type Wanted } from "./OccurrenceDialogs.tsx";
import { OccurrenceLine } from "./OccurrenceLine.tsx";
import { isSettled, keyOf } from "./occurrences.ts";
import { useOccurrenceActions } from "./useOccurrenceActions.ts";

const BillDialog = lazy(() => import("./BillDialog.tsx"));

type DayProps = { month: CalendarMonth; day: LocalDate };

/** A day: what is expected on it, what happened, and what is then where. */
export function DayCard({ month, day }: DayProps) {
  const { locale, today } = useSession();
  const shown = month.days.find(({ date }) => date === day);
  if (!shown) return null;
  return (
    <section className="card stack day-card" aria-labelledby="day-title">
      <header className="day-title">
        <h3 id="day-title">
          {formatDate(day, locale, { weekday: "long", day: "numeric", month: "long" })}
        </h3>
        <p>
          <span className="muted">{shown.is_expected ? "Expected then" : "Then"}</span>{" "}
          <AmountText amount={money(shown.balance, month.currency)} />
        </p>
      </header>
      <DayBills day={day} />
      {day <= today && <DayBookings day={day} />}
      <DayAccounts month={month} day={day} />
    </section>
  );
}

/** Today also has what is overdue: that is still to come, and counted today. */
function isOf(item: BillOccurrence, day: LocalDate, today: LocalDate): boolean {
  if (item.due_on === day) return true;
  const isOverdue = item.state === "overdue" || item.state === "partial";
  return day === today && item.due_on < today && isOverdue && !isSettled(item);
}

function DayBills({ day }: { day: LocalDate }) {
  const { today } = useSession();
  const from = day === today ? addDays(day, -31) : day;
  const list = useResource(`bill occurrences ${from} ${day}`, () =>
    occurrences.list({ from, to: day, limit: 500 }),
  );
  const { value: bills = [] } = useBills();
  const [openKey, setOpen] = useState<string | null>(null);
  const [wanted, setWanted] = useState<Wanted | null>(null);
  const [editing, setEditing] = useState<Bill | null>(null);
  const act = useOccurrenceActions();
  if (list.error !== undefined && !list.value) return <ProblemNote error={list.error} />;
  if (!list.value) return <Loading rows={2} />;
  const items = list.value.data.filter((item) => isOf(item, day, today));
  if (items.length === 0) return <p className="muted">No bill is due.</p>;
  return (
    <div>
      <h4 className="bill-subtitle">Bills</h4>
      <ul className="lines day-bills">
        {items.map((item) => {
          const bill = bills.find(({ id }) => id === item.bill_id);
          return (
            <OccurrenceLine
              key={keyOf(item)}
              item={item}
              bill={bill}
              isOpen={openKey === keyOf(item)}
              onToggle={() => setOpen(openKey === keyOf(item) ? null : keyOf(item))}
              onWant={setWanted}
              onEdit={() => bill && setEditing(bill)}
              act={act}
            />
          );
        })}
      </ul>
      {wanted && <OccurrenceDialogs wanted={wanted} act={act} onClose={() => setWanted(null)} />}
      {editing && (
        <Suspense fallback={null}>
          <BillDialog bill={editing} onClose={() => setEditing(null)} />
        </Suspense>
      )}
    </div>
  );
}

const bookingsShown = 20;

function DayBookings({ day }: { day: LocalDate }) {
  const { locale } = useSession();
  const list = useResource(`day bookings ${day}`, () =>
    transactions.list({ from: day, to: day, limit: bookingsShown }),
  );
  if (list.error !== undefined && !list.value) return <ProblemNote error={list.error} />;
  if (!list.value) return <Loading rows={2} />;
  const booked = list.value.data.filter(({ state }) => state !== "expected");
  const name = formatDate(day, locale, { day: "numeric", month: "long" });
  if (booked.length === 0) return <p className="muted">Nothing was booked.</p>;
  return (
    <div>
      <h4 className="bill-subtitle">Booked</h4>
      <ul className="bill-payments">
        {booked.map((transaction) => (
          <Booking key={transaction.id} transaction={transaction} />
        ))}
      </ul>
      <p className="bills-more">
        <Link to={address("/transactions", { from: day, to: day })}>All of {name}</Link>
      </p>
    </div>
  );
}

function Booking({ transaction }: { transaction: Transaction }) {
  const { payee, category_name: category, account_name: account } = transaction;
  return (
    <li>
      <span className="bill-payment-text">
        <span className="clip">{payee ?? category ?? "Transfer"}</span>
        <span className="muted clip">{account}</span>
      </span>
      <AmountText
        amount={money(transaction.signed_amount, transaction.currency)}
        sign={transaction.type === "income" ? "always" : "auto"}
        isTinted={transaction.type === "income"}
      />
    </li>
  );
}

/** What is on each account at the end of the day. */
function DayAccounts({ month, day }: DayProps) {
  if (month.accounts.length === 0) return null;
  return (
    <div>
      <h4 className="bill-subtitle">On the accounts</h4>
      <ul className="bill-payments">
        {month.accounts.map((account) => {
          const balance = balanceOn(month, account, day);
          const short = isShort(month, account, day);
          return (
            <li key={account.account_id}>
              <span className="bill-payment-text">
                <span className="clip">{account.name}</span>
                {short && account.floor !== null && (
                  <span className="day-short">
                    below <AmountText amount={money(account.floor, account.currency)} />
                  </span>
                )}
              </span>
              {balance && (
                <span className={short ? "day-short" : undefined}>
                  <AmountText amount={balance} />
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
