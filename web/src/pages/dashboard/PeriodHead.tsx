import { useEffect, useState } from "react";
import type { Dashboard } from "../../api/types.ts";
import { useSession } from "../../app/session.ts";
import { isLocalDate } from "../../dates/LocalDate.ts";
import { type PeriodKind, periodTitle, shifted, shiftedRange } from "../../dates/period.ts";
import { IconButton } from "../../ui/Button.tsx";
import { type Segment, Segments } from "../../ui/Segments.tsx";
import { TextField } from "../../ui/Field.tsx";
import { type Period, showPeriod } from "./usePeriod.ts";

const kinds: readonly Segment<PeriodKind>[] = [
  { value: "week", label: "Week" },
  { value: "month", label: "Month" },
  { value: "quarter", label: "Quarter" },
  { value: "year", label: "Year" },
  { value: "custom", label: "Custom" },
];

/** Which days the page speaks of, and the way to others. */
export function PeriodHead({ period, dashboard }: { period: Period; dashboard?: Dashboard }) {
  const { locale, today } = useSession();
  useEffect(() => {
    document.title = "Overview · Martlet";
  }, []);
  const range = dashboard ?? { from: period.from, to: period.to };
  const title = dashboard ? periodTitle(period.kind, range, locale) : "Overview";
  const move = (by: number) =>
    showPeriod({
      ...period,
      ...(period.kind === "custom" ? shiftedRange(period, by) : {}),
      date: shifted(period.kind, period.date, by),
    });
  const choose = (kind: PeriodKind) =>
    showPeriod({ ...period, kind, from: range.from, to: range.to });
  return (
    <div className="page-head">
      <div className="period-title">
        <h1 aria-live="polite">{title}</h1>
        <IconButton icon="left" label="Period before" onClick={() => move(-1)} />
        <IconButton
          icon="right"
          label="Period after"
          disabled={range.to >= today}
          onClick={() => move(1)}
        />
      </div>
      <div className="page-actions">
        {period.kind === "custom" && (
          <CustomRange key={`${range.from}${range.to}`} period={period} />
        )}
        <Segments label="Period" segments={kinds} value={period.kind} onChange={choose} />
        <label className="check-label">
          <input
            type="checkbox"
            checked={period.includesPending}
            onChange={(event) => showPeriod({ ...period, includesPending: event.target.checked })}
          />
          <span>Pending</span>
        </label>
      </div>
    </div>
  );
}

function CustomRange({ period }: { period: Period }) {
  const [from, setFrom] = useState(period.from);
  const [to, setTo] = useState(period.to);
  const apply = (range: { from: string; to: string }) => {
    const isComplete = isLocalDate(range.from) && isLocalDate(range.to);
    if (isComplete && range.from <= range.to) showPeriod({ ...period, ...range });
  };
  return (
    <div className="date-range">
      <TextField
        label="From"
        isLabelHidden
        type="date"
        value={from}
        onChange={setFrom}
        onBlur={() => apply({ from, to })}
      />
      <span aria-hidden="true">–</span>
      <TextField
        label="To"
        isLabelHidden
        type="date"
        value={to}
        onChange={setTo}
        onBlur={() => apply({ from, to })}
      />
    </div>
  );
}
