import { useState } from "react";
import { useSession } from "../app/session.ts";
import { formatMoney, formatRounded } from "../money/format.ts";
import type { Money } from "../money/Money.ts";
import { Tip } from "./LineChart.tsx";
import { axisFor, type Domain, pixelPosition } from "./scale.ts";
import { useWidth } from "./useWidth.ts";

export type MonthBar = {
  month: string;
  label: string;
  axisLabel: string;
  income: Money;
  expenses: Money;
};

const height = 236;
const margin = { top: 12, right: 4, bottom: 24, left: 60 };
const innerHeight = height - margin.top - margin.bottom;

/** Two bars a month: income is solid, expenses are hatched, so that colour is not needed. */
export function MonthBars({
  bars,
  onPick,
}: {
  bars: readonly MonthBar[];
  onPick: (month: string) => void;
}) {
  const { locale } = useSession();
  const [box, width] = useWidth();
  const [shown, setShown] = useState<number | null>(null);
  const { domain, ticks } = axisFor(
    bars.flatMap(({ income, expenses }) => [income, expenses]),
    3,
    true,
  );
  const slot = Math.max(0, (width - margin.left - margin.right) / Math.max(1, bars.length));
  const every = Math.ceil(38 / Math.max(1, slot));
  const currency = bars[0]?.income.currency ?? "";
  const bar = shown === null ? undefined : bars[shown];
  return (
    <div ref={box} className="chart" onPointerLeave={() => setShown(null)}>
      <svg width={width} height={height} role="group" aria-label="Income and expenses by month">
        <Hatch />
        <g className="chart-grid" aria-hidden="true">
          {ticks.map((tick) => {
            const y = yOf({ tenThousandths: tick, currency }, domain);
            return (
              <g key={String(tick)}>
                <line x1={margin.left} x2={width - margin.right} y1={y} y2={y} />
                <text x={margin.left - 8} y={y} dy="0.32em" textAnchor="end">
                  {formatRounded({ tenThousandths: tick, currency }, locale)}
                </text>
              </g>
            );
          })}
        </g>
        {bars.map((item, index) => (
          <Month
            key={item.month}
            bar={item}
            x={margin.left + index * slot}
            slot={slot}
            domain={domain}
            hasLabel={(bars.length - 1 - index) % every === 0}
            onShow={() => setShown(index)}
            onPick={() => onPick(item.month)}
          />
        ))}
      </svg>
      {bar && shown !== null && (
        <Tip x={margin.left + (shown + 0.5) * slot} width={width} text={describe(bar, locale)} />
      )}
    </div>
  );
}

function yOf(amount: Money, domain: Domain): number {
  return margin.top + innerHeight - pixelPosition(amount, domain, innerHeight);
}

function describe({ label, income, expenses }: MonthBar, locale: string): string {
  return `${label}: income ${formatMoney(income, locale)}, expenses ${formatMoney(expenses, locale)}`;
}

function Hatch() {
  return (
    <defs>
      <pattern
        id="hatch"
        width="5"
        height="5"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <rect width="5" height="5" className="bar-expenses-ground" />
        <rect width="2" height="5" className="bar-expenses-stroke" />
      </pattern>
    </defs>
  );
}

type MonthProps = {
  bar: MonthBar;
  x: number;
  slot: number;
  domain: Domain;
  hasLabel: boolean;
  onShow: () => void;
  onPick: () => void;
};

function Month({ bar, x, slot, domain, hasLabel, onShow, onPick }: MonthProps) {
  const { locale } = useSession();
  const thickness = Math.max(2, Math.min(18, slot * 0.36));
  const middle = x + slot / 2;
  return (
    <g
      className="month"
      role="button"
      tabIndex={0}
      aria-label={describe(bar, locale)}
      onPointerEnter={onShow}
      onFocus={onShow}
      onClick={onPick}
      onKeyDown={(event) => {
        if (event.key === "Enter" || event.key === " ") {
          event.preventDefault();
          onPick();
        }
      }}
    >
      <rect className="month-ground" x={x} y={margin.top} width={slot} height={innerHeight} />
      <Bar
        kind="income"
        amount={bar.income}
        x={middle - thickness - 1}
        w={thickness}
        domain={domain}
      />
      <Bar kind="expenses" amount={bar.expenses} x={middle + 1} w={thickness} domain={domain} />
      {hasLabel && (
        <text x={middle} y={height - 6} textAnchor="middle" aria-hidden="true">
          {bar.axisLabel}
        </text>
      )}
    </g>
  );
}

type BarProps = {
  kind: "income" | "expenses";
  amount: Money;
  x: number;
  w: number;
  domain: Domain;
};

function Bar({ kind, amount, x, w, domain }: BarProps) {
  const zero = yOf({ tenThousandths: 0n, currency: amount.currency }, domain);
  const y = yOf(amount, domain);
  const top = Math.min(zero, y);
  return (
    <rect className={`bar-${kind}`} x={x} y={top} width={w} height={Math.abs(zero - y)} rx={1.5} />
  );
}
