import { useState } from "react";
import { useSession } from "../app/session.ts";
import { formatMoney, formatRounded } from "../money/format.ts";
import type { Money } from "../money/Money.ts";
import { Tip } from "./LineChart.tsx";
import { axisFor, type Domain, pixelPosition } from "./scale.ts";
import { pixels } from "../ui/pixels.ts";
import { useWidth } from "./useWidth.ts";

export type MonthBar = {
  month: string;
  label: string;
  axisLabel: string;
  income: Money;
  expenses: Money;
};

type Frame = ReturnType<typeof frameOf>;

/** The chart's measures, which grow with the text in it. */
function frameOf(bars: readonly MonthBar[], width: number) {
  const [height, top, bottom, left] = [pixels(14.75), pixels(0.75), pixels(1.5), pixels(4)];
  const right = pixels(0.25);
  const slot = Math.max(0, (width - left - right) / Math.max(1, bars.length));
  return { width, height, top, left, right, slot, plotHeight: height - top - bottom };
}

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
  const frame = frameOf(bars, width);
  const { height, left, right, slot } = frame;
  const every = Math.ceil(pixels(2.375) / Math.max(1, slot));
  const currency = bars[0]?.income.currency ?? "";
  const bar = shown === null ? undefined : bars[shown];
  return (
    <div ref={box} className="chart" onPointerLeave={() => setShown(null)}>
      <svg width={width} height={height} role="group" aria-label="Income and expenses by month">
        <Hatch />
        <g className="chart-grid" aria-hidden="true">
          {ticks.map((tick) => {
            const y = yOf({ tenThousandths: tick, currency }, domain, frame);
            return (
              <g key={String(tick)}>
                <line x1={left} x2={width - right} y1={y} y2={y} />
                <text x={left - pixels(0.5)} y={y} dy="0.32em" textAnchor="end">
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
            x={left + index * slot}
            frame={frame}
            domain={domain}
            hasLabel={(bars.length - 1 - index) % every === 0}
            onShow={() => setShown(index)}
            onPick={() => onPick(item.month)}
          />
        ))}
      </svg>
      {bar && shown !== null && (
        <Tip x={left + (shown + 0.5) * slot} width={width} text={describe(bar, locale)} />
      )}
    </div>
  );
}

function yOf(amount: Money, domain: Domain, { top, plotHeight }: Frame): number {
  return top + plotHeight - pixelPosition(amount, domain, plotHeight);
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
  frame: Frame;
  domain: Domain;
  hasLabel: boolean;
  onShow: () => void;
  onPick: () => void;
};

function Month({ bar, x, frame, domain, hasLabel, onShow, onPick }: MonthProps) {
  const { locale } = useSession();
  const { slot, top, height, plotHeight } = frame;
  const thickness = Math.max(2, Math.min(pixels(1.125), slot * 0.36));
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
      <rect className="month-ground" x={x} y={top} width={slot} height={plotHeight} />
      <Bar
        kind="income"
        amount={bar.income}
        x={middle - thickness - 1}
        w={thickness}
        domain={domain}
        frame={frame}
      />
      <Bar
        kind="expenses"
        amount={bar.expenses}
        x={middle + 1}
        w={thickness}
        domain={domain}
        frame={frame}
      />
      {hasLabel && (
        <text x={middle} y={height - pixels(0.375)} textAnchor="middle" aria-hidden="true">
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
  frame: Frame;
};

function Bar({ kind, amount, x, w, domain, frame }: BarProps) {
  const zero = yOf({ tenThousandths: 0n, currency: amount.currency }, domain, frame);
  const y = yOf(amount, domain, frame);
  return (
    <rect
      className={`bar-${kind}`}
      x={x}
      y={Math.min(zero, y)}
      width={w}
      height={Math.abs(zero - y)}
      rx={1.5}
    />
  );
}
