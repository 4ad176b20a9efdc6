import { type KeyboardEvent, useEffect, useRef } from "react";
import { useSession } from "../../app/session.ts";
import { formatDate, type LocalDate } from "../../dates/LocalDate.ts";
import { formatMoney, formatSmall } from "../../money/format.ts";
import { isZero, type Money, money } from "../../money/Money.ts";
import { counted } from "../../ui/counted.ts";
import { Icon } from "../../ui/Icon.tsx";
import { useIsNarrow } from "../../ui/useMediaQuery.ts";
import { balanceOn, flowOf, isBelow, isFirstBelow, isShort } from "./calendarDays.ts";
import { someWeek, stepOf, weeksOf } from "./monthGrid.ts";
import type { CalendarAccount, CalendarDay, CalendarMonth } from "../../api/types.ts";

type DayProps = {
  month: CalendarMonth;
  /** Whose balance is shown; null is all of them. */
  account: CalendarAccount | null;
  day: LocalDate;
  onDay: (day: LocalDate, isByKey?: boolean) => void;
};
export type MonthGridProps = DayProps & {
  /** The day that the keys led to, whose cell takes the focus. */
  focused: LocalDate | null;
};

/** The days in weeks. Arrows go from day to day, over the ends of the month too. */
export function MonthGrid({ month, account, day, onDay, focused }: MonthGridProps) {
  const { locale, household } = useSession();
  const grid = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The focus follows the keys, and stays where it is for whoever clicks elsewhere.
    if (focused !== day) return;
    grid.current?.querySelector<HTMLElement>("[tabindex='0']")?.focus();
  }, [day, focused]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = stepOf(event.key, day, household.week_start);
    if (!next) return;
    event.preventDefault();
    onDay(next, true);
  };
  return (
    <div
      ref={grid}
      role="grid"
      className="card month-grid"
      aria-label={formatDate(month.first_day, locale, { month: "long", year: "numeric" })}
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      <div role="row" className="month-heads">
        {someWeek(household.week_start).map((date) => (
          <div key={date} role="columnheader">
            <abbr title={formatDate(date, locale, { weekday: "long" })}>
              {formatDate(date, locale, { weekday: "short" })}
            </abbr>
          </div>
        ))}
      </div>
      {weeksOf(month.month, household.week_start).map((week) => (
        <div key={week[0]} role="row" className="month-week">
          {week.map((date) => (
            <DayCell key={date} date={date} {...{ month, account, day, onDay }} />
          ))}
        </div>
      ))}
    </div>
  );
}

const namesShown = 2;

function DayCell({ month, account, date, day, onDay }: DayProps & { date: LocalDate }) {
  const { locale, today } = useSession();
  const isNarrow = useIsNarrow();
  const shown = month.days.find((one) => one.date === date);
  const isChosen = date === day;
  if (!shown) {
    return (
      <div role="gridcell" className="day-other">
        {Number(date.slice(8))}
      </div>
    );
  }
  const balance =
    (account && balanceOn(month, account, date)) ?? money(shown.balance, month.currency);
  const below = account ? isShort(month, account, date) : isBelow(month, date);
  const turns = account ? account.short_on === date : isFirstBelow(month, date);
  const names = shown.occurrences.filter(({ state }) => state !== "skipped");
  const marks = [
    "day-cell",
    isChosen && "day-chosen",
    date < today && "day-past",
    date === today && "day-today",
    below && "day-below",
  ].filter(Boolean);
  return (
    <div role="gridcell" aria-selected={isChosen} className={marks.join(" ")}>
      <button
        type="button"
        className="day"
        tabIndex={isChosen ? 0 : -1}
        aria-current={date === today ? "date" : undefined}
        aria-label={labelOf(month, shown, balance, below, locale)}
        onClick={() => onDay(date, false)}
      >
        <span className="day-head">
          <span className="day-number">{Number(date.slice(8))}</span>
          {turns && <Icon name="warning" />}
        </span>
        <span className="day-names">
          {names.slice(0, namesShown).map((one) => (
            <span key={`${one.bill_id} ${one.nominal_date}`} className="clip">
              {one.name}
            </span>
          ))}
          {names.length > namesShown && <span>+{names.length - namesShown}</span>}
        </span>
        <Flow month={month} day={shown} />
        <span className="day-balance">
          {formatSmall(balance, locale, "auto", isNarrow ? 4 : 7)}
        </span>
      </button>
    </div>
  );
}

function Flow({ month, day }: { month: CalendarMonth; day: CalendarDay }) {
  const { locale } = useSession();
  const flow = flowOf(month, day);
  const side = (amount: Money, name: string) =>
    isZero(amount) ? null : <span className={name}>{formatSmall(amount, locale, "always")}</span>;
  return (
    <span className="day-flow">
      {side(flow.in, "day-in")}
      {side(flow.out, "day-out")}
    </span>
  );
}

/** All that the cell shows, in words. */
function labelOf(
  month: CalendarMonth,
  day: CalendarDay,
  balance: Money,
  isShortDay: boolean,
  locale: string,
): string {
  const flow = flowOf(month, day);
  const text = (amount: Money) => formatMoney(amount, locale);
  return [
    formatDate(day.date, locale, { weekday: "long", day: "numeric", month: "long" }),
    !isZero(flow.in) && `in ${text(flow.in)}`,
    !isZero(flow.out) && `out ${text(flow.out)}`,
    `${day.is_expected ? "expected balance" : "balance"} ${text(balance)}`,
    day.occurrences.length > 0 && counted(day.occurrences.length, "bill", locale),
    isShortDay && "an account is below its minimum",
  ]
    .filter(Boolean)
    .join(", ");
}
