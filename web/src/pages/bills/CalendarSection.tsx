import { lazy, type ReactNode, Suspense, useState } from "react";
import { calendar } from "../../api/calendar.ts";
import { address, navigate, useLocation } from "../../app/router.ts";
import { useSession } from "../../app/session.ts";
import { useResource } from "../../data/resource.ts";
import { formatDate, isLocalDate, type LocalDate } from "../../dates/LocalDate.ts";
import { add, type Money, money } from "../../money/Money.ts";
import { AmountText } from "../../ui/AmountText.tsx";
import { Button, IconButton } from "../../ui/Button.tsx";
import { Loading, Note, ProblemNote } from "../../ui/Notices.tsx";
import { DayCard } from "./DayCard.tsx";
import { MonthGrid, type MonthGridProps } from "./MonthGrid.tsx";
import { isMonth, monthAfter, monthOf } from "./monthGrid.ts";
import type { CalendarAccount, CalendarMonth } from "../../api/types.ts";

const FeedsDialog = lazy(() => import("./FeedsDialog.tsx"));

/** The day in view and whose balance is shown stand in the address; a month's own day when only that is named. */
function usePlace() {
  const { today } = useSession();
  const { query } = useLocation();
  const [day, month] = [query.get("day") ?? "", query.get("month") ?? ""];
  const account = query.get("account");
  const isOther = isMonth(month) && month !== monthOf(today);
  const show = (place: { day?: LocalDate; account?: string | null }) =>
    navigate(address("/bills/calendar", { day, account, ...place }), { replace: true });
  return {
    day: isLocalDate(day) ? day : isOther ? `${month}-01` : today,
    account,
    showDay: (to: LocalDate) => show({ day: to }),
    showAccount: (id: string) => show({ account: id || null }),
  };
}

/** A month: what came and goes, and what will be there on each day. */
export default function CalendarSection() {
  const { today } = useSession();
  const { day, account: accountId, showDay, showAccount } = usePlace();
  const month = monthOf(day);
  const { value, error } = useResource(`calendar ${month}`, () => calendar.month(month));
  const [isFeeding, setFeeding] = useState(false);
  // Kept here: while another month is read its grid is away, and the focus is to follow the keys.
  const [focused, setFocused] = useState<LocalDate | null>(null);
  const choose = (next: LocalDate, isByKey = false) => {
    setFocused(isByKey ? next : null);
    showDay(next);
  };
  const go = (by: number) => {
    const next = monthAfter(month, by);
    choose(next === monthOf(today) ? today : `${next}-01`);
  };
  const account = value?.accounts.find((one) => one.account_id === accountId) ?? null;
  return (
    <>
      <Head month={month} onMove={go} onToday={() => choose(today)}>
        {value && value.accounts.length > 1 && (
          <AccountSelect month={value} account={account} onChange={showAccount} />
        )}
        <Button icon="link" aria-label="Calendar feeds" onClick={() => setFeeding(true)}>
          Feeds
        </Button>
      </Head>
      {error !== undefined && !value ? <ProblemNote error={error} /> : null}
      {!value && error === undefined && <Loading rows={10} />}
      {value && (
        <Month month={value} account={account} day={day} focused={focused} onDay={choose} />
      )}
      {isFeeding && (
        <Suspense fallback={null}>
          <FeedsDialog onClose={() => setFeeding(false)} />
        </Suspense>
      )}
    </>
  );
}

type AccountSelectProps = {
  month: CalendarMonth;
  account: CalendarAccount | null;
  onChange: (id: string) => void;
};

function AccountSelect({ month, account, onChange }: AccountSelectProps) {
  return (
    <select
      className="input calendar-account"
      aria-label="Balance of"
      value={account?.account_id ?? ""}
      onChange={(event) => onChange(event.target.value)}
    >
      <option value="">All accounts</option>
      {month.accounts.map(({ account_id: id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}

type HeadProps = {
  month: string;
  onMove: (by: number) => void;
  onToday: () => void;
  children: ReactNode;
};

function Head({ month, onMove, onToday, children }: HeadProps) {
  const { locale, today } = useSession();
  return (
    <div className="calendar-head">
      <div className="period-title">
        <h2 aria-live="polite">
          {formatDate(`${month}-01`, locale, { month: "long", year: "numeric" })}
        </h2>
        <IconButton icon="left" label="Month before" onClick={() => onMove(-1)} />
        <IconButton icon="right" label="Month after" onClick={() => onMove(1)} />
        {month !== monthOf(today) && (
          <Button kind="quiet" onClick={onToday}>
            Today
          </Button>
        )}
      </div>
      <div className="calendar-tools">{children}</div>
    </div>
  );
}

function Month(props: MonthGridProps) {
  const { month, day, account, onDay } = props;
  return (
    <>
      {account ? (
        <AccountFigures month={month} account={account} />
      ) : (
        <TotalFigures month={month} />
      )}
      <Shortfalls month={month} onDay={onDay} />
      {month.unconverted.length > 0 && (
        <Note>
          Amounts in {month.unconverted.join(", ")} are left out of the sums: no rate to{" "}
          {month.currency} is known.
        </Note>
      )}
      <div className="calendar-body">
        <MonthGrid {...props} />
        <DayCard key={day} month={month} day={day} />
      </div>
    </>
  );
}

type Figure = { name: string; amount: Money; isIn?: boolean };

function Figures({ all }: { all: readonly Figure[] }) {
  return (
    <section className="card calendar-figures" aria-label="The month">
      <dl className="figures">
        {all.map(({ name, amount, isIn }) => (
          <div className="figure" key={name}>
            <dt>{name}</dt>
            <dd className="figure-value">
              <AmountText amount={amount} isTinted={isIn} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** "At its end" of a month that is over, "Expected at its end" of any other. */
function endName(month: CalendarMonth): string {
  return month.last_day < month.today ? "At its end" : "Expected at its end";
}

function TotalFigures({ month }: { month: CalendarMonth }) {
  const at = (text: string) => money(text, month.currency);
  return (
    <Figures
      all={[
        { name: "At its beginning", amount: at(month.balance_start) },
        { name: "In", amount: add(at(month.money_in), at(month.expected_in)), isIn: true },
        { name: "Out", amount: add(at(month.money_out), at(month.expected_out)) },
        { name: endName(month), amount: at(month.balance_end) },
      ]}
    />
  );
}

function AccountFigures({ month, account }: { month: CalendarMonth; account: CalendarAccount }) {
  const { locale } = useSession();
  const at = (text: string) => money(text, account.currency);
  const on = formatDate(account.lowest_on, locale, { day: "numeric", month: "short" });
  return (
    <Figures
      all={[
        { name: "At its beginning", amount: at(account.balance_start) },
        { name: `Least, on ${on}`, amount: at(account.lowest) },
        ...(account.floor === null ? [] : [{ name: "Should keep", amount: at(account.floor) }]),
        { name: endName(month), amount: at(account.balance_end) },
      ]}
    />
  );
}

/** Accounts that run below what they should keep, the soonest first. */
type ShortfallsProps = { month: CalendarMonth; onDay: (day: LocalDate) => void };

function Shortfalls({ month, onDay }: ShortfallsProps) {
  const { locale } = useSession();
  const short = month.accounts
    .flatMap((account) => (account.short_on ? [{ ...account, on: account.short_on }] : []))
    .sort((one, other) => (one.on < other.on ? -1 : 1));
  if (short.length === 0) return null;
  return (
    <Note icon="warning">
      {short.map((account) => (
        <p key={account.account_id}>
          {account.name} falls below {account.minimum_balance === null ? "zero" : "its minimum"} on{" "}
          <button type="button" className="link-button" onClick={() => onDay(account.on)}>
            {formatDate(account.on, locale, { weekday: "long", day: "numeric", month: "long" })}
          </button>
          ; the least is <AmountText amount={money(account.lowest, account.currency)} />.
        </p>
      ))}
    </Note>
  );
}
