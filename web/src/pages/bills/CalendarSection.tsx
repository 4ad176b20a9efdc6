import { lazy, Suspense, useState } from "react";
import { calendar, type CalendarMonth } from "../../api/calendar.ts";
import { address, navigate, useLocation } from "../../app/router.ts";
import { useSession } from "../../app/session.ts";
import { useResource } from "../../data/resource.ts";
import { formatDate, isLocalDate, type LocalDate } from "../../dates/LocalDate.ts";
import { add, money } from "../../money/Money.ts";
import { AmountText } from "../../ui/AmountText.tsx";
import { Button, IconButton } from "../../ui/Button.tsx";
import { Loading, Note, ProblemNote } from "../../ui/Notices.tsx";
import { DayCard } from "./DayCard.tsx";
import { MonthGrid, type MonthGridProps } from "./MonthGrid.tsx";
import { isMonth, monthAfter, monthOf } from "./monthGrid.ts";

const FeedsDialog = lazy(() => import("./FeedsDialog.tsx"));

/** Which day is shown stands in the address: a month's own day when only that is named. */
function useDay(): LocalDate {
  const { today } = useSession();
  const { query } = useLocation();
  const day = query.get("day") ?? "";
  if (isLocalDate(day)) return day;
  const month = query.get("month") ?? "";
  return isMonth(month) && month !== monthOf(today) ? `${month}-01` : today;
}

export function showDay(day: LocalDate): void {
  navigate(address("/bills/calendar", { day }), { replace: true });
}

/** A month: what came and goes, and what will be there on each day. */
export default function CalendarSection() {
  const { today } = useSession();
  const day = useDay();
  const month = monthOf(day);
  const { value, error } = useResource(`calendar ${month}`, () => calendar.month(month));
  const [isFeeding, setFeeding] = useState(false);
  // Kept here: while another month is read its grid is away, and the focus is to follow the keys.
  const [focused, setFocused] = useState<LocalDate | null>(null);
  const go = (by: number) => {
    const next = monthAfter(month, by);
    setFocused(null);
    showDay(next === monthOf(today) ? today : `${next}-01`);
  };
  const choose = (next: LocalDate, isByKey: boolean) => {
    setFocused(isByKey ? next : null);
    showDay(next);
  };
  return (
    <>
      <Head month={month} onMove={go} onFeeds={() => setFeeding(true)} />
      {error !== undefined && !value ? <ProblemNote error={error} /> : null}
      {!value && error === undefined && <Loading rows={10} />}
      {value && <Month month={value} day={day} focused={focused} onDay={choose} />}
      {isFeeding && (
        <Suspense fallback={null}>
          <FeedsDialog onClose={() => setFeeding(false)} />
        </Suspense>
      )}
    </>
  );
}

type HeadProps = { month: string; onMove: (by: number) => void; onFeeds: () => void };

function Head({ month, onMove, onFeeds }: HeadProps) {
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
          <Button kind="quiet" onClick={() => showDay(today)}>
            Today
          </Button>
        )}
      </div>
      <Button icon="link" onClick={onFeeds}>
        Calendar feeds
      </Button>
    </div>
  );
}

function Month(props: MonthGridProps) {
  const { month, day } = props;
  return (
    <>
      <Figures month={month} />
      <Shortfalls month={month} />
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

function Figures({ month }: { month: CalendarMonth }) {
  const { locale, today } = useSession();
  const { currency } = month;
  const at = (text: string) => money(text, currency);
  const hasCome = month.last_day < today;
  const figures: [string, ReturnType<typeof money>, boolean][] = [
    [
      `On ${formatDate(month.first_day, locale, { day: "numeric", month: "short" })}`,
      at(month.balance_start),
      false,
    ],
    ["In", add(at(month.money_in), at(month.expected_in)), true],
    ["Out", add(at(month.money_out), at(month.expected_out)), false],
    [hasCome ? "At its end" : "Expected at its end", at(month.balance_end), false],
  ];
  return (
    <section className="card calendar-figures" aria-label="The month">
      <dl className="figures">
        {figures.map(([name, amount, isIn]) => (
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

/** Accounts that run below what they should keep, the soonest first. */
function Shortfalls({ month }: { month: CalendarMonth }) {
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
          <button type="button" className="link-button" onClick={() => showDay(account.on)}>
            {formatDate(account.on, locale, { weekday: "long", day: "numeric", month: "long" })}
          </button>
          ; the least is <AmountText amount={money(account.lowest, account.currency)} />.
        </p>
      ))}
    </Note>
  );
}
