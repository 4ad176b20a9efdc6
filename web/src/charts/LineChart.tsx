import { type KeyboardEvent, type PointerEvent, useState } from "react";
import { useSession } from "../app/session.ts";
import { formatMoney, formatRounded } from "../money/format.ts";
import type { Money } from "../money/Money.ts";
import { pixels } from "../ui/pixels.ts";
import { type Axis, axisFor, pixelPosition } from "./scale.ts";
import { useWidth } from "./useWidth.ts";

/** In rem. */
const chartHeight = 13.75;

export type LinePoint = ChartStop & { amount: Money };

type Margin = { top: number; right: number; bottom: number; left: number };

/** Room for the labels, which grow with the text. */
function margins(): Margin {
  return { top: pixels(0.75), right: pixels(0.75), bottom: pixels(1.5), left: pixels(4.25) };
}

/** A place along the chart; every line has an amount there, or none. */
export type ChartStop = { key: string; label: string; axisLabel: string };
export type ChartLine = {
  /** Empty where a chart has one line only. */
  name: string;
  look: "main" | "plan" | "projection";
  amounts: readonly (Money | null)[];
};

type Spot = { x: number; y: number };
type Plot = {
  margin: Margin;
  stops: readonly ChartStop[];
  xs: number[];
  lines: { line: ChartLine; spots: (Spot | null)[] }[];
  axis: Axis;
  width: number;
  height: number;
};

type LinesProps = {
  label: string;
  stops: readonly ChartStop[];
  lines: readonly ChartLine[];
  /** Whether the axis begins at zero, wherever the lines are. */
  hasZero?: boolean;
};

function plotOf({ stops, lines, hasZero }: LinesProps, width: number, height: number): Plot {
  const margin = margins();
  const axis = axisFor(
    lines.flatMap(({ amounts }) => amounts.filter((amount) => amount !== null)),
    4,
    hasZero ?? false,
  );
  const innerWidth = Math.max(0, width - margin.left - margin.right);
  const innerHeight = height - margin.top - margin.bottom;
  const step = stops.length > 1 ? innerWidth / (stops.length - 1) : 0;
  const xs = stops.map((_, index) => margin.left + index * step);
  const y = (amount: Money) =>
    margin.top + innerHeight - pixelPosition(amount, axis.domain, innerHeight);
  const spots = (line: ChartLine) =>
    xs.map((x, index) => {
      const amount = line.amounts[index];
      return amount ? { x, y: y(amount) } : null;
    });
  return {
    margin,
    stops,
    xs,
    lines: lines.map((line) => ({ line, spots: spots(line) })),
    axis,
    width,
    height,
  };
}

/** One line over time. */
export function LineChart({ label, points }: { label: string; points: readonly LinePoint[] }) {
  const amounts = points.map(({ amount }) => amount);
  return <LinesChart label={label} stops={points} lines={[{ name: "", look: "main", amounts }]} />;
}

/** Where along the chart someone reads, by arrow keys or pointer. */
function useReading(last: number, width: number) {
  const [index, setIndex] = useState<number | null>(null);
  const to = (place: number) => setIndex(Math.max(0, Math.min(last, place)));
  const onKeyDown = (event: KeyboardEvent) => {
    const from = index ?? last;
    const next = { ArrowLeft: from - 1, ArrowRight: from + 1, Home: 0, End: last }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    to(next);
  };
  const onPointerMove = (event: PointerEvent) => {
    const { left: room, right } = margins();
    const left = event.currentTarget.getBoundingClientRect().left + room;
    const span = Math.max(1, width - room - right);
    to(Math.round(((event.clientX - left) / span) * last));
  };
  const stop = () => setIndex(null);
  const at = index === null ? null : Math.min(index, last);
  return { at, handlers: { onKeyDown, onPointerMove, onPointerLeave: stop, onBlur: stop } };
}

/** Lines over time; arrows move a reading along them, and the chart's frame has the table. */
export function LinesChart(props: LinesProps) {
  const { label, stops, lines } = props;
  const { locale } = useSession();
  const [box, width] = useWidth();
  const last = stops.length - 1;
  const { at, handlers } = useReading(last, width);
  const height = pixels(chartHeight);
  const plot = plotOf(props, width, height);
  return (
    <div
      ref={box}
      className="chart"
      role="slider"
      aria-label={label}
      aria-orientation="horizontal"
      aria-readonly="true"
      aria-valuemin={0}
      aria-valuemax={Math.max(0, last)}
      aria-valuenow={at ?? Math.max(0, last)}
      aria-valuetext={reading(stops, lines, at ?? last, locale).join(", ")}
      tabIndex={0}
      {...handlers}
    >
      {width > 0 && stops.length > 0 && (
        <svg width={width} height={height} aria-hidden="true">
          <Grid plot={plot} currency={currencyOf(lines)} />
          {plot.lines.map(({ line, spots }) => (
            <Line
              key={line.look}
              look={line.look}
              spots={spots}
              floor={height - plot.margin.bottom}
            />
          ))}
          {at !== null && <Reading plot={plot} at={at} />}
        </svg>
      )}
      {at !== null && (
        <Tip
          x={plot.xs[at] ?? 0}
          width={width}
          text={reading(stops, lines, at, locale).join("\n")}
        />
      )}
    </div>
  );
}

/** What each line looks like, in words. */
export function ChartLegend({ lines }: { lines: readonly Pick<ChartLine, "name" | "look">[] }) {
  return (
    <ul className="legend">
      {lines.map(({ name, look }) => (
        <li key={look}>
          <span className={`legend-line legend-line-${look}`} aria-hidden="true" />
          {name}
        </li>
      ))}
    </ul>
  );
}

function currencyOf(lines: readonly ChartLine[]): string {
  return lines.flatMap(({ amounts }) => amounts).find((amount) => amount !== null)?.currency ?? "";
}

/** "Nov 2026: €12.00", or the place and then a line of text for each line of the chart. */
export function reading(
  stops: readonly ChartStop[],
  lines: readonly ChartLine[],
  at: number,
  locale: string,
): string[] {
  const stop = stops[at];
  if (!stop) return ["No values"];
  const known = lines.flatMap(({ name, amounts }) => {
    const amount = amounts[at];
    return amount ? [{ name, text: formatMoney(amount, locale) }] : [];
  });
  const [only] = known;
  if (lines.length === 1 && only) return [`${stop.label}: ${only.text}`];
  return [stop.label, ...known.map(({ name, text }) => `${name} ${text}`)];
}

function Grid({ plot, currency }: { plot: Plot; currency: string }) {
  const { locale } = useSession();
  const { margin, axis, width, height, stops, xs } = plot;
  const innerHeight = height - margin.top - margin.bottom;
  const every = Math.max(
    1,
    Math.ceil(stops.length / Math.max(2, Math.floor(width / pixels(5.75)))),
  );
  return (
    <g className="chart-grid">
      {axis.ticks.map((tick) => {
        const amount = { tenThousandths: tick, currency };
        const y = margin.top + innerHeight - pixelPosition(amount, axis.domain, innerHeight);
        return (
          <g key={String(tick)}>
            <line
              x1={margin.left}
              x2={width - margin.right}
              y1={y}
              y2={y}
              className={tick === 0n ? "chart-zero" : undefined}
            />
            <text x={margin.left - pixels(0.5)} y={y} dy="0.32em" textAnchor="end">
              {formatRounded(amount, locale)}
            </text>
          </g>
        );
      })}
      {stops.map((stop, index) =>
        (stops.length - 1 - index) % every === 0 ? (
          <text
            key={stop.key}
            x={xs[index]}
            y={height - pixels(0.375)}
            textAnchor={index === stops.length - 1 ? "end" : index === 0 ? "start" : "middle"}
          >
            {stop.axisLabel}
          </text>
        ) : null,
      )}
    </g>
  );
}

/** The spots without gaps between them, each run a path of its own. */
export function runsOf<Item>(items: readonly (Item | null)[]): Item[][] {
  const runs: Item[][] = [];
  let isOpen = false;
  for (const item of items) {
    if (item !== null && isOpen) runs.at(-1)?.push(item);
    else if (item !== null) runs.push([item]);
    isOpen = item !== null;
  }
  return runs;
}

type LineProps = { look: ChartLine["look"]; spots: readonly (Spot | null)[]; floor: number };

function Line({ look, spots, floor }: LineProps) {
  const runs = runsOf(spots);
  const last = runs.at(-1)?.at(-1);
  if (!last) return null;
  return (
    <g>
      {runs.map((run) => {
        const path = run.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join("L");
        const from = run[0]?.x ?? 0;
        const to = run.at(-1)?.x ?? 0;
        return (
          <g key={from}>
            {look === "main" && (
              <path className="chart-area" d={`M${path}L${to},${floor}L${from},${floor}Z`} />
            )}
            <path className={`chart-line chart-line-${look}`} d={`M${path}`} />
          </g>
        );
      })}
      {look === "main" && <circle className="chart-dot" cx={last.x} cy={last.y} r={3.5} />}
    </g>
  );
}

function Reading({ plot, at }: { plot: Plot; at: number }) {
  const { margin, height, xs, lines } = plot;
  const x = xs[at];
  return (
    <g className="chart-reading">
      <line x1={x} x2={x} y1={margin.top} y2={height - margin.bottom} />
      {lines.map(({ line, spots }) => {
        const spot = spots[at];
        return spot && <circle key={line.look} cx={spot.x} cy={spot.y} r={4.5} />;
      })}
    </g>
  );
}

export function Tip({ x, width, text }: { x: number; width: number; text: string }) {
  const isRight = x > width / 2;
  return (
    <div
      className="chart-tip"
      aria-hidden="true"
      style={isRight ? { right: width - x + 10 } : { left: x + 10 }}
    >
      {text}
    </div>
  );
}
