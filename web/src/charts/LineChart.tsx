import { type KeyboardEvent, type PointerEvent, useState } from "react";
import { useSession } from "../app/session.ts";
import { formatMoney, formatRounded } from "../money/format.ts";
import type { Money } from "../money/Money.ts";
import { pixels } from "../ui/pixels.ts";
import { type Axis, axisFor, pixelPosition } from "./scale.ts";
import { useWidth } from "./useWidth.ts";

/** In rem. */
const chartHeight = 13.75;

export type LinePoint = { key: string; label: string; axisLabel: string; amount: Money };

type Margin = { top: number; right: number; bottom: number; left: number };

/** Room for the labels, which grow with the text. */
function margins(): Margin {
  return { top: pixels(0.75), right: pixels(0.75), bottom: pixels(1.5), left: pixels(4.25) };
}

type Plot = {
  margin: Margin;
  points: { x: number; y: number; point: LinePoint }[];
  axis: Axis;
  width: number;
  height: number;
};

function plotOf(points: readonly LinePoint[], width: number, height: number): Plot {
  const margin = margins();
  const axis = axisFor(
    points.map(({ amount }) => amount),
    4,
    false,
  );
  const innerWidth = Math.max(0, width - margin.left - margin.right);
  const innerHeight = height - margin.top - margin.bottom;
  const step = points.length > 1 ? innerWidth / (points.length - 1) : 0;
  return {
    margin,
    axis,
    width,
    height,
    points: points.map((point, index) => ({
      point,
      x: margin.left + index * step,
      y: margin.top + innerHeight - pixelPosition(point.amount, axis.domain, innerHeight),
    })),
  };
}

/** A line over time; arrows move a reading along it, and the chart's frame has the table. */
export function LineChart({ label, points }: { label: string; points: readonly LinePoint[] }) {
  const { locale } = useSession();
  const [box, width] = useWidth();
  const [index, setIndex] = useState<number | null>(null);
  const height = pixels(chartHeight);
  const plot = plotOf(points, width, height);
  const { margin } = plot;
  const last = points.length - 1;
  const shown = index === null ? null : plot.points[Math.min(index, last)];

  const onKeyDown = (event: KeyboardEvent) => {
    const at = index ?? last;
    const next = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: last }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    setIndex(Math.max(0, Math.min(last, next)));
  };
  const onPointerMove = (event: PointerEvent) => {
    const left = event.currentTarget.getBoundingClientRect().left + margin.left;
    const span = Math.max(1, width - margin.left - margin.right);
    const at = Math.round(((event.clientX - left) / span) * last);
    setIndex(Math.max(0, Math.min(last, at)));
  };

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
      aria-valuenow={index ?? Math.max(0, last)}
      aria-valuetext={reading(points[index ?? last], locale)}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onPointerMove={onPointerMove}
      onPointerLeave={() => setIndex(null)}
      onBlur={() => setIndex(null)}
    >
      {width > 0 && points.length > 0 && (
        <svg width={width} height={height} aria-hidden="true">
          <Grid plot={plot} currency={points[0]?.amount.currency ?? ""} />
          <Line plot={plot} />
          {shown && <Reading plot={plot} at={shown} />}
        </svg>
      )}
      {shown && <Tip x={shown.x} width={width} text={reading(shown.point, locale)} />}
    </div>
  );
}

function reading(point: LinePoint | undefined, locale: string): string {
  return point ? `${point.label}: ${formatMoney(point.amount, locale)}` : "No values";
}

function Grid({ plot, currency }: { plot: Plot; currency: string }) {
  const { locale } = useSession();
  const { margin, axis, width, height, points } = plot;
  const innerHeight = height - margin.top - margin.bottom;
  const every = Math.max(
    1,
    Math.ceil(points.length / Math.max(2, Math.floor(width / pixels(5.75)))),
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
      {points.map(({ x, point }, index) =>
        (points.length - 1 - index) % every === 0 ? (
          <text
            key={point.key}
            x={x}
            y={height - pixels(0.375)}
            textAnchor={index === points.length - 1 ? "end" : index === 0 ? "start" : "middle"}
          >
            {point.axisLabel}
          </text>
        ) : null,
      )}
    </g>
  );
}

function Line({ plot }: { plot: Plot }) {
  const { points, height, margin } = plot;
  const line = points.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join("L");
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return null;
  const floor = height - margin.bottom;
  return (
    <g>
      <path className="chart-area" d={`M${line}L${last.x},${floor}L${first.x},${floor}Z`} />
      <path className="chart-line" d={`M${line}`} />
      <circle className="chart-dot" cx={last.x} cy={last.y} r={3.5} />
    </g>
  );
}

function Reading({ plot, at }: { plot: Plot; at: { x: number; y: number } }) {
  const { margin } = plot;
  return (
    <g className="chart-reading">
      <line x1={at.x} x2={at.x} y1={margin.top} y2={plot.height - margin.bottom} />
      <circle cx={at.x} cy={at.y} r={4.5} />
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
